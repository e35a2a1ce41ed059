import { Rejection } from './rejection'

/** Reads little-endian fields from bytes, in order. @throws Rejection where they end too soon. */
export class ByteReader {
  private at = 0

  constructor(
    private readonly bytes: Uint8Array,
    private readonly subject: string,
  ) {}

  get offset(): number {
    return this.at
  }

  take(length: number, field: string): Uint8Array {
    const end = this.at + length
    if (end > this.bytes.length)
      throw new Rejection(
        `${this.subject} ends in ${field}: ${length} bytes expected, ${this.bytes.length - this.at} left`,
      )
    const slice = this.bytes.slice(this.at, end)
    this.at = end
    return slice
  }

  u16(field: string): number {
    const [low = 0, high = 0] = this.take(2, field)
    return low | (high << 8)
  }

  u32(field: string): number {
    const bytes = this.take(4, field)
    return new DataView(bytes.buffer).getUint32(0, true)
  }

  /** The bytes not yet read. */
  rest(): Uint8Array {
    return this.take(this.bytes.length - this.at, 'the rest')
  }

  /** @throws Rejection unless every byte was read. */
  end(): void {
    const left = this.bytes.length - this.at
    if (left > 0) throw new Rejection(`${this.subject} has ${left} bytes too many`)
  }
}
