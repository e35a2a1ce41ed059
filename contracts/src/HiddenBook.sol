// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IEnclaveRegistry} from "./interfaces/IEnclaveRegistry.sol";
import {IHiddenBook} from "./interfaces/IHiddenBook.sol";
import {BookLeaves} from "./libraries/BookLeaves.sol";
import {BookRules} from "./libraries/BookRules.sol";
import {Market, MarketId, MarketParams} from "./types/BookTypes.sol";
import {BookBase} from "./BookBase.sol";
import {BookBatches} from "./BookBatches.sol";
import {BookOrders} from "./BookOrders.sol";
import {BookStrikes} from "./BookStrikes.sol";

/// @title The hidden order book, whole.
/// @notice Nobody administers this contract: no one can pause it, upgrade it, or move another's funds. A market's creator
/// earns its fees and has no other power over it.
contract HiddenBook is BookOrders, BookBatches {
    /// @notice The least `batchSettleBy` and the least `challengeWindow` that a market may have, in seconds.
    uint32 public immutable MIN_SETTLE_BY;
    uint32 public immutable MIN_CHALLENGE_WINDOW;

    /// @param challenger The contract that judges challenges; the zero address for none.
    /// @param maxFills MAX_FILLS.
    constructor(
        IEnclaveRegistry registry,
        address challenger,
        uint32 maxFills,
        uint32 minSettleBy,
        uint32 minChallengeWindow
    ) BookBase(registry, maxFills) BookStrikes(challenger) {
        MIN_SETTLE_BY = minSettleBy;
        MIN_CHALLENGE_WINDOW = minChallengeWindow;
    }

    /// @inheritdoc IHiddenBook
    function createMarket(MarketParams calldata p) external returns (MarketId id) {
        BookRules.validate(p, MIN_SETTLE_BY, MIN_CHALLENGE_WINDOW);
        uint256 nonce = _creatorNonces[msg.sender]++;
        id = BookLeaves.marketId(CHAIN_ID, msg.sender, nonce, p);
        Market storage m = _markets[id];
        m.creator = msg.sender;
        m.base = p.base;
        m.quote = p.quote;
        m.tickSize = p.tickSize;
        m.lotSize = p.lotSize;
        m.batchLength = p.batchLength;
        m.feeBps = p.feeBps;
        m.bandBps = p.bandBps;
        m.batchSettleBy = p.batchSettleBy;
        m.challengeWindow = p.challengeWindow;
        m.operator = p.operator;
        m.minLots = p.minLots;
        m.maxOrderAge = p.maxOrderAge;
        m.maxFills = MAX_FILLS;
        m.startsAt = uint40(block.timestamp);
        emit MarketCreated(id, msg.sender, nonce, p, uint64(block.timestamp));
    }
}
