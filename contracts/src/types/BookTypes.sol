// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {KeyId} from "./AuctionTypes.sol";

/// @notice keccak256(abi.encode(chainId, contract, creator, creatorNonce, MarketParams)). PROTOCOL.md section 11.
type MarketId is bytes32;

/// @notice What a market's traders agree to, immutable, and what its id covers.
/// @dev `tickSize` in base units of `quote` per lot and tick, `lotSize` in base units of `base` per lot, times in seconds,
/// fees and band in hundredths of a percent. The zero address stands for the chain's native coin. An order of fewer lots
/// than `minLots` is a bad order, and one trades for at most `maxOrderAge` batches behind its own. `operator` is whose keys
/// orders are sealed to.
struct MarketParams {
    address base;
    address quote;
    uint96 tickSize;
    uint128 lotSize;
    uint32 batchLength;
    uint16 feeBps;
    uint16 bandBps;
    uint32 batchSettleBy;
    uint32 challengeWindow;
    address operator;
    uint32 minLots;
    uint32 maxOrderAge;
}

/// @notice A market as stored. Batches are numbered by the clock from 1; those that nobody used are never written.
/// @dev `lastPrice` is 0 before any trade, and never after one. `head` is the first used batch that is neither final nor
/// void, `toSettle` the first that is not settled either, `tail` the last used one; 0 for none. Every batch from `head` up to
/// `toSettle` is settled and waits to be final, or void. `strikes` counts every settlement taken back, `moves` those of them
/// that moved deadlines. `maxFills` is the contract's, kept here for who proves storage. What every settlement changes is in
/// one word.
struct Market {
    address creator;
    uint32 batchLength;
    uint32 batchSettleBy;
    uint32 challengeWindow;
    address base;
    uint96 tickSize;
    address quote;
    uint40 startsAt;
    uint16 feeBps;
    uint16 bandBps;
    address operator;
    uint32 minLots;
    uint32 maxOrderAge;
    uint32 maxFills;
    uint128 lotSize;
    uint32 lastPrice;
    uint32 head;
    uint32 toSettle;
    uint32 tail;
    uint32 strikes;
    uint32 moves;
}

/// @notice Where a used batch stands; settled and not yet final follows from the market's pointers. docs/market-states.md.
enum BatchStatus {
    OPEN,
    FINAL,
    VOIDED
}

/// @dev `keyId` is the key that its orders are sealed to, zero for none. `priceBefore` is the last price as this batch's
/// settlement found it: a strike goes back there. `isStruck`: a settlement of it was struck once already.
struct Batch {
    bytes32 acc;
    KeyId keyId;
    bytes32 settlementHash;
    uint32 count;
    uint32 next;
    uint40 challengeUntil;
    uint32 price;
    uint32 priceBefore;
    bool isStruck;
    BatchStatus status;
    address signer;
}

/// @notice A strike's gift of time: used batches from `from` to `to`, which had ended, may be settled until `until`, if no
/// earlier strike gave them any. Those from `unsettled` on were not settled then: only if they still could be.
struct Move {
    uint32 from;
    uint32 unsettled;
    uint32 to;
    uint40 until;
}

/// @notice An order's leaf in use. `cancelledIn` is the batch from which on it does not trade; 0 while it does. `filled` are
/// its lots of final batches.
struct OrderSlot {
    address trader;
    uint32 placedIn;
    uint32 cancelledIn;
    uint32 filled;
}

/// @notice The batches of a trader's last two `cancelAll`, the later one in `last`; 0 for none. Orders of earlier batches do
/// not trade from there on.
struct CancelledAll {
    uint32 before;
    uint32 last;
}

/// @notice A trader's money in one market, in base units of either token.
struct Margin {
    uint128 base;
    uint128 quote;
}

/// @notice What a trader asked to take out: paid once every batch up to `batchId` is final or void.
struct Withdrawal {
    uint128 base;
    uint128 quote;
    uint32 batchId;
}

/// @notice One order's part of a batch. PROTOCOL.md section 11.
struct Fill {
    bytes32 leaf;
    address trader;
    bool sell;
    uint32 lots;
}

/// @notice What the enclave signs for a batch. PROTOCOL.md section 11.
/// @dev Without fills, `price` is the last price after the batch: 0 before any trade.
struct BatchSettlement {
    MarketId marketId;
    uint64 batchId;
    bytes32 acc;
    uint32 count;
    uint32 round;
    uint32 price;
    bytes32 fillsHash;
    bytes32 carriedHash;
    bytes32 proofHash;
}
