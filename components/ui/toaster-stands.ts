let stands = () => {}
/** Resolves once the toaster hears what is said to it. */
export const whenToasterStands = new Promise<void>((resolve) => {
  stands = resolve
})
export const toasterStands = () => stands()
