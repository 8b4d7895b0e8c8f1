/** What a sign-in form shows after a try that failed. */
export interface SignInState {
  message: string | null
  email: string
}

export const untried: SignInState = { message: null, email: '' }
