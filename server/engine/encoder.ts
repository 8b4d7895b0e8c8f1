import type { Batch } from './batch'

export type Piece = string | Uint8Array

/** Turns the batches of one result into text or bytes; `first` says that no row came before. */
export interface Encoder {
  head: Piece
  batch: (batch: Batch, first: boolean) => Piece
  tail: () => Piece
}
