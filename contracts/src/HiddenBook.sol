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

/// @title The hidden order book, whole.
/// @notice Nobody administers this contract: no one can pause it, upgrade it, or move another's funds. A market's creator
/// earns its fees and has no other power over it.
contract HiddenBook is BookOrders, BookBatches {
    /// @param challenger The contract that judges challenges; the zero address for none.
    constructor(IEnclaveRegistry registry, address challenger) BookBase(registry) {
        CHALLENGER = challenger;
    }

    /// @inheritdoc IHiddenBook
    function createMarket(MarketParams calldata p) external returns (MarketId id) {
        BookRules.validate(p);
        uint256 nonce = _creatorNonces[msg.sender]++;
        id = BookLeaves.marketId(msg.sender, nonce);
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
        m.startsAt = uint48(block.timestamp);
        emit MarketCreated(id, msg.sender, nonce, p, uint64(block.timestamp));
    }
}
