// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IHiddenBook} from "../interfaces/IHiddenBook.sol";
import {MarketParams} from "../types/BookTypes.sol";
import {Fungible} from "./Fungible.sol";

/// @title What a market's parameters may be, and the numbers that follow from them. PROTOCOL.md section 11.
library BookRules {
    uint256 internal constant BPS = 10_000;
    uint256 internal constant MAX_FEE_BPS = 1_000;
    uint256 internal constant MIN_BATCH_LENGTH = 2;
    uint256 internal constant MAX_BATCH_LENGTH = 1 days;
    uint256 internal constant MAX_SETTLE_BY = 7 days;
    uint256 internal constant MAX_CHALLENGE_WINDOW = 30 days;

    /// @dev Batches that may end while one is settled and challenged: a strike must leave time to settle them anew.
    uint256 internal constant MAX_SPAN = 1_024;

    /// @notice Reverts with the name of the first parameter that breaks a rule.
    /// @param minSettleBy The least `batchSettleBy`, `minChallengeWindow` the least `challengeWindow`, in seconds.
    function validate(MarketParams calldata p, uint256 minSettleBy, uint256 minChallengeWindow) internal view {
        if (!_isToken(p.base)) revert IHiddenBook.InvalidMarket("base");
        if (!_isToken(p.quote) || p.quote == p.base) revert IHiddenBook.InvalidMarket("quote");
        if (p.tickSize == 0) revert IHiddenBook.InvalidMarket("tickSize");
        if (p.lotSize == 0) revert IHiddenBook.InvalidMarket("lotSize");
        if (p.batchLength < MIN_BATCH_LENGTH || p.batchLength > MAX_BATCH_LENGTH) {
            revert IHiddenBook.InvalidMarket("batchLength");
        }
        if (p.feeBps > MAX_FEE_BPS) revert IHiddenBook.InvalidMarket("feeBps");
        if (p.bandBps == 0 || p.bandBps > BPS) revert IHiddenBook.InvalidMarket("bandBps");
        if (p.batchSettleBy == 0 || p.batchSettleBy < minSettleBy || p.batchSettleBy > MAX_SETTLE_BY) {
            revert IHiddenBook.InvalidMarket("batchSettleBy");
        }
        if (
            p.challengeWindow == 0 || p.challengeWindow < minChallengeWindow || p.challengeWindow > MAX_CHALLENGE_WINDOW
                || uint256(p.batchSettleBy) + p.challengeWindow > MAX_SPAN * p.batchLength
        ) revert IHiddenBook.InvalidMarket("challengeWindow");
        if (p.operator == address(0)) revert IHiddenBook.InvalidMarket("operator");
        if (p.minLots == 0) revert IHiddenBook.InvalidMarket("minLots");
        if (p.maxOrderAge == 0) revert IHiddenBook.InvalidMarket("maxOrderAge");
    }

    /// @notice The prices, both included, at which the next batch may clear: max(1, floor(last * bandBps / 10,000)) ticks
    /// either side of the last price, within uint32.
    function band(uint32 last, uint256 bandBps) internal pure returns (uint32 low, uint32 high) {
        uint256 width = uint256(last) * bandBps / BPS;
        if (width == 0) width = 1;
        low = last > width ? uint32(last - width) : 0;
        high = type(uint32).max - last > width ? uint32(last + width) : type(uint32).max;
    }

    /// @notice ceil(payment * feeBps / 10,000), in base units of the quote token, from each side.
    function feeOf(uint256 payment, uint256 feeBps) internal pure returns (uint256) {
        return (payment * feeBps + BPS - 1) / BPS;
    }

    function _isToken(address token) private view returns (bool) {
        return token == address(0) || (token.code.length != 0 && !Fungible.isErc721(token));
    }
}
