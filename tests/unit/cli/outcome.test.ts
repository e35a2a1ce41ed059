import { describe, expect, it } from 'vitest'
import { MAX_LINE_LENGTH } from '../../../lib/cli/lineReply'
import { startSubrosa, subrosa } from '../../fixtures/subrosa'

type Bid = [bidder: string, price: unknown, quantity: unknown, collateral?: unknown]

function line(bids: Bid[], terms: Record<string, unknown> = {}): string {
  const documents = bids.map(([bidder, price, quantity, collateral = null]) => ({
    bidder,
    price,
    quantity,
    collateral,
  }))
  return JSON.stringify({ supply: 1, reserve: 0, bids: documents, ...terms })
}

async function answers(rule: string, lines: string[]): Promise<unknown[]> {
  const { code, out } = await subrosa(['outcome', '--rule', rule], lines.join('\n') + '\n')
  expect(code).toBe(0)
  return out
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text) as unknown)
}

const failure = (code: string, message: unknown) => ({ error: { code, message } })

describe('subrosa outcome', () => {
  const bids: Bid[] = [
    ['ann', 90, 1],
    ['bob', 120, 1],
    ['cat', 100, 1],
  ]

  it('answers each line of a first-price auction in order', async () => {
    expect(await answers('first', [line(bids), line([]), line(bids, { reserve: 121 })])).toEqual([
      {
        clearingPrice: 120,
        winners: [{ bidder: 'bob', fill: 1, payment: '120' }],
        dispositions: ['lost', 'won', 'lost'],
      },
      { clearingPrice: null, winners: [], dispositions: [] },
      { clearingPrice: null, winners: [], dispositions: ['below-reserve', 'below-reserve', 'below-reserve'] },
    ])
  })

  it('meets every disposition of a second-price auction', async () => {
    const all: Bid[] = [
      ['ann', 90, 1],
      ['bob', 500, 1],
      ['cat', 100, 1],
      ['bob', 120, 1],
      ['dan', 0, 1],
      ['eve', 200, 2],
      ['fay', 130, 1, 129],
      ['gus', 10, 1],
      ['hal', 50, 0],
    ]
    expect(await answers('second', [line(all, { reserve: 80 })])).toEqual([
      {
        clearingPrice: 100,
        winners: [{ bidder: 'bob', fill: 1, payment: '100' }],
        dispositions: [
          'lost',
          'cancelled',
          'lost',
          'won',
          'invalid',
          'invalid',
          'uncovered',
          'below-reserve',
          'invalid',
        ],
      },
    ])
  })

  it('replaces a good bid by a bad one: the later counts', async () => {
    expect(
      await answers('first', [
        line([
          ['ann', 90, 1],
          ['ann', 0, 1],
        ]),
      ]),
    ).toMatchObject([{ clearingPrice: null, dispositions: ['cancelled', 'invalid'] }])
  })

  const many: Bid[] = [
    ['ann', 10, 3],
    ['bob', 12, 2],
    ['cat', 9, 4],
  ]

  it('shares many lots at one price', async () => {
    expect(await answers('uniform', [line(many, { supply: 4 }), line(many, { supply: 20, reserve: 3 })])).toEqual([
      {
        clearingPrice: 10,
        winners: [
          { bidder: 'bob', fill: 2, payment: '20' },
          { bidder: 'ann', fill: 2, payment: '20' },
        ],
        dispositions: ['won', 'won', 'lost'],
      },
      {
        clearingPrice: 3,
        winners: [
          { bidder: 'ann', fill: 3, payment: '9' },
          { bidder: 'bob', fill: 2, payment: '6' },
          { bidder: 'cat', fill: 4, payment: '12' },
        ],
        dispositions: ['won', 'won', 'won'],
      },
    ])
  })

  it('charges each his own, exactly beyond 2^53', async () => {
    const huge: Bid[] = [['ann', 4294967295, 4294967295]]
    const covered = (collateral: string) => line(huge, { supply: 4294967295 }).replace('null', collateral)
    const lines = [line(many, { supply: 4 }), covered('18446744065119617025'), covered('18446744065119617024')]
    expect(await answers('pay-as-bid', lines)).toMatchObject([
      {
        clearingPrice: 10,
        winners: [
          { bidder: 'bob', payment: '24' },
          { bidder: 'ann', payment: '20' },
        ],
      },
      { winners: [{ bidder: 'ann', fill: 4294967295, payment: '18446744065119617025' }], dispositions: ['won'] },
      { winners: [], dispositions: ['uncovered'] },
    ])
  })

  it('answers a bad line with its error in its place, and goes on', async () => {
    const good = line(bids)
    const lines = [
      good,
      '',
      '   ',
      '{"supply":1',
      'null',
      '[]',
      '{}',
      line(bids, { supply: 2 }),
      line(bids, { supply: 0 }),
      line(bids, { reserve: -1 }),
      line(bids, { reserve: 4294967296 }),
      line(bids, { bids: {} }),
      line([['ann', 1.5, 1]]),
      line([['ann', '1', 1]]),
      line([['', 1, 1]]),
      line([['ann', 1, 4294967296]]),
      line([['ann', 1, 1, -1]]),
      line([['ann', 1, 1, 0.5]]),
      line([['ann', 1, 1, '1']]),
      line([['ann', undefined, 1]]),
      good.replace('"reserve":0', '"reserve":0,"reserve":1'),
      good.replace('90', '9e999'),
      `${good} ${good}`,
      `\r${good}\r`,
    ]
    const uint32 = 'must be a whole number from 0 to 4294967295'
    const won = {
      clearingPrice: 120,
      winners: [{ bidder: 'bob', fill: 1, payment: '120' }],
      dispositions: ['lost', 'won', 'lost'],
    }
    const one = 'supply: must be 1: FIRST_PRICE sells one lot'
    const collateral = 'bids[0].collateral: must be null or a whole number of ticks from 0 to 2^128 - 1'
    expect(await answers('first', lines)).toEqual([
      won,
      ...Array.from({ length: 3 }, () => failure('INVALID_JSON', expect.any(String))),
      failure('INVALID_FIELD', 'document: must be an object'),
      failure('INVALID_FIELD', 'document: must be an object'),
      failure('INVALID_FIELD', 'supply: is missing'),
      failure('INVALID_FIELD', one),
      failure('INVALID_FIELD', one),
      failure('INVALID_FIELD', `reserve: ${uint32}`),
      failure('INVALID_FIELD', `reserve: ${uint32}`),
      failure('INVALID_FIELD', 'bids: must be a list'),
      failure('INVALID_FIELD', `bids[0].price: ${uint32}`),
      failure('INVALID_FIELD', `bids[0].price: ${uint32}`),
      failure('INVALID_FIELD', 'bids[0].bidder: must not be empty'),
      failure('INVALID_FIELD', `bids[0].quantity: ${uint32}`),
      failure('INVALID_FIELD', collateral),
      failure('INVALID_FIELD', collateral),
      failure('INVALID_FIELD', collateral),
      failure('INVALID_FIELD', 'bids[0].price: is missing'),
      failure('INVALID_FIELD', 'reserve: must appear once'),
      failure('INVALID_FIELD', `bids[0].price: ${uint32}`),
      failure('INVALID_JSON', expect.any(String)),
      won,
    ])
  })

  it('survives a line over the limit, bytes that are not UTF-8, and a last line without an end', async () => {
    const input = Buffer.concat([
      Buffer.alloc(MAX_LINE_LENGTH + 1, 0x20),
      Buffer.from([0x0a, 0x22, 0xff, 0x22, 0x0a]),
      Buffer.from(line(bids)),
    ])
    const { code, out } = await subrosa(['outcome', '--rule', 'first'], input)
    expect(code).toBe(0)
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((text) => JSON.parse(text) as unknown),
    ).toMatchObject([
      failure('LINE_TOO_LONG', expect.any(String)),
      failure('INVALID_JSON', 'not UTF-8'),
      { clearingPrice: 120 },
    ])
  })

  it('answers a line of 100,000 bids', async () => {
    const crowd: Bid[] = Array.from({ length: 100_000 }, (_, i) => [`b${i}`, 1 + ((i * 7919) % 100_003), 1])
    const [answer] = (await answers('second', [line(crowd)])) as [{ dispositions: string[] }]
    expect(answer.dispositions).toHaveLength(100_000)
    expect(answer.dispositions.filter((disposition) => disposition === 'won')).toHaveLength(1)
  })

  it('writes nothing for no input', async () => {
    expect(await subrosa(['outcome', '--rule', 'first'], '')).toEqual({ code: 0, out: '', err: '' })
  })

  it('answers a line before the next one comes', async () => {
    const child = await startSubrosa(['outcome', '--rule', 'first'])
    const read = () =>
      new Promise<string>((resolve) => child.stdout.once('data', (data: Buffer) => resolve(data.toString())))
    child.stdin.write(line(bids) + '\n')
    expect(JSON.parse(await read())).toMatchObject({ clearingPrice: 120 })
    child.stdin.write('?\n')
    expect(JSON.parse(await read())).toMatchObject({ error: { code: 'INVALID_JSON' } })
    child.stdin.end()
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0)
  })

  it.each([
    ['no rule', ['outcome']],
    ['an unknown rule', ['outcome', '--rule', 'third']],
    ['an unknown subcommand', ['outcomes']],
  ])('refuses %s before reading', async (_, args) => {
    const { code, out, err } = await subrosa(args, line(bids))
    expect(code).not.toBe(0)
    expect(out).toBe('')
    expect(err).toMatch(/rule|unknown command/)
  })
})
