/** Characters of what somebody says was hard. */
export const mostSaid = 2000
