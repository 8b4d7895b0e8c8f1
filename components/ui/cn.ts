import { type ClassValue, clsx } from 'clsx'
import { extendTailwindMerge } from 'tailwind-merge'

const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ['11', '12', '13', '15', '20', '28'],
      radius: ['control', 'overlay'],
      shadow: ['overlay'],
    },
  },
})

/** Joins class names; of two utilities for the same property the later one wins. */
export const cn = (...classes: ClassValue[]): string => merge(clsx(classes))
