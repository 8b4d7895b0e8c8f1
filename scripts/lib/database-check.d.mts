export function checkDatabase(url: string, ownerUrl?: string): Promise<void>
