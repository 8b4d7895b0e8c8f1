/** The detail panel is resizable between 360 and 640 px. */
export const clampPanelWidth = (px: number): number => Math.round(Math.min(640, Math.max(360, px)))
