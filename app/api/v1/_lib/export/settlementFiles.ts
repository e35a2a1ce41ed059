import type { SettlementEntry } from '../../_schemas/settlement'
import { csvLine } from './csv'

type Cell = string | number | boolean | null

/** A file that is written as its rows come. */
export type FileFormat = {
  type: string
  extension: string
  begin: string
  /** @param index Of the row in the file, from 0. */
  row: (entry: SettlementEntry, index: number) => string
  end: string
}

/** Every column of the CSV file, in order. Prices in ticks, `paid` in base units, times in Unix seconds. */
const COLUMNS: readonly [string, (entry: SettlementEntry) => Cell][] = [
  ['auctionId', (entry) => entry.auctionId],
  ['round', (entry) => entry.round],
  ['seller', (entry) => entry.seller],
  ['rule', (entry) => entry.rule],
  ['signer', (entry) => entry.signer],
  ['leaves', (entry) => entry.count],
  ['acc', (entry) => entry.acc],
  ['reserve', (entry) => entry.reserve],
  ['reserveInvalid', (entry) => entry.reserveInvalid],
  ['clearingPrice', (entry) => entry.clearingPrice],
  ['totalFilled', (entry) => entry.totalFilled],
  ['supply', (entry) => entry.supply],
  ['paid', (entry) => entry.paid],
  ['paymentToken', (entry) => entry.paymentToken],
  ['tickSize', (entry) => entry.tickSize],
  ['winnersHash', (entry) => entry.winnersHash],
  ['proofHash', (entry) => entry.proofHash],
  ['proof', (entry) => entry.proof.state],
  ['proofBytes', (entry) => entry.proof.bytes],
  ['challengeUntil', (entry) => entry.challengeUntil],
  ['settledAt', (entry) => entry.origin.time],
  ['blockNumber', (entry) => entry.origin.blockNumber],
  ['blockHash', (entry) => entry.origin.blockHash],
  ['transactionHash', (entry) => entry.origin.transactionHash],
  ['logIndex', (entry) => entry.origin.logIndex],
]

export const SETTLEMENT_FILES: Record<'csv' | 'json', FileFormat> = {
  csv: {
    type: 'text/csv; charset=utf-8; header=present',
    extension: 'csv',
    begin: csvLine(COLUMNS.map(([name]) => name)),
    row: (entry) => csvLine(COLUMNS.map(([, cell]) => cell(entry))),
    end: '',
  },
  json: {
    type: 'application/json',
    extension: 'json',
    begin: '{"settlements":[\n',
    row: (entry, index) => `${index === 0 ? '' : ',\n'}${JSON.stringify(entry)}`,
    end: '\n]}\n',
  },
}
