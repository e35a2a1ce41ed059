// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {KeyId} from "./AuctionTypes.sol";

/// @notice keccak256(abi.encode(chainId, contract, creator, creatorNonce)). PROTOCOL.md sections 5 and 11.
type MarketId is bytes32;

/// @notice What a market's traders agree to, immutable.
/// @dev `tickSize` in base units of `quote` per lot and tick, `lotSize` in base units of `base` per lot, times in seconds,
/// fees and band in hundredths of a percent. The zero address stands for the chain's native coin.
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
}

/// @notice A market as stored. Batches are numbered by the clock from 1; those that nobody used are never written.
/// @dev `head` is the first used batch that is neither final nor void, `toSettle` the first that is not settled either,
/// `tail` the last used one; 0 for none. Every batch from `head` up to `toSettle` is settled and waits to be final.
/// `exitedAt` is `tail` as somebody's exit found it: signatures for batches up to there may have counted on that money. 0 for
/// no exit since, or once a strike has made those signatures worthless.
struct Market {
    address creator;
    uint32 batchLength;
    uint32 batchSettleBy;
    uint32 challengeWindow;
    address base;
    uint48 startsAt;
    uint16 feeBps;
    uint16 bandBps;
    uint16 voids;
    address quote;
    uint96 tickSize;
    uint128 lotSize;
    uint32 lastPrice;
    bool hasTraded;
    uint32 strikes;
    uint40 extendedUntil;
    uint48 head;
    uint48 toSettle;
    uint48 tail;
    uint48 exitedAt;
}

/// @notice Where a used batch stands; settled and not yet final follows from the market's pointers.
enum BatchStatus {
    OPEN,
    FINAL,
    VOIDED
}

/// @dev `priceBefore` and `hadTraded` are the last price as this batch's settlement found it: a strike goes back there.
struct Batch {
    bytes32 acc;
    KeyId keyId;
    bytes32 fillsHash;
    uint32 count;
    uint48 next;
    uint40 challengeUntil;
    uint32 price;
    uint32 priceBefore;
    bool hadTraded;
    BatchStatus status;
    uint16 signerIndex;
}

/// @notice An order's leaf in use. `cancelledIn` is the batch from which on it does not trade; 0 while it does.
struct OrderSlot {
    address trader;
    uint48 placedIn;
    uint48 cancelledIn;
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
    uint48 batchId;
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
