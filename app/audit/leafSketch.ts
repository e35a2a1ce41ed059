/** A leaf as the drawing shows it. */
export type LeafSketch = { seq: number; bidder: string; fate: 'live' | 'taken back' | 'cancellation' }
