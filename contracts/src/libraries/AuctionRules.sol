// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ISealedAuctions} from "../interfaces/ISealedAuctions.sol";
import {Fungible} from "./Fungible.sol";
import {
    Auction,
    AuctionParams,
    LotKind,
    NoSettlementPolicy,
    PricingRule,
    Status
} from "../types/AuctionTypes.sol";

/// @title What an auction's parameters may be, and how they are stored. PROTOCOL.md section 5.
library AuctionRules {
    /// @notice How far ahead an auction may close, and how long after that it may wait for its settlement.
    uint256 internal constant MAX_PERIOD = 366 days;

    /// @notice The longest time that losers may stay locked after a settlement.
    uint256 internal constant MAX_CHALLENGE_WINDOW = 30 days;

    /// @notice Reverts with the name of the first parameter that breaks a rule.
    /// @param minSettlePeriod The least `settleBy - closesAt`, in seconds.
    /// @param minChallengeWindow The least `challengeWindow`, in seconds.
    function validate(AuctionParams calldata p, uint256 minSettlePeriod, uint256 minChallengeWindow) internal view {
        if (p.lotToken.code.length == 0) revert ISealedAuctions.InvalidParameter("lotToken");
        bool hasToken = p.paymentToken != address(0);
        if (hasToken && (p.paymentToken.code.length == 0 || Fungible.isErc721(p.paymentToken))) {
            revert ISealedAuctions.InvalidParameter("paymentToken");
        }
        if (p.lotSize == 0 || (p.lotKind == LotKind.ERC721 && p.lotSize != 1)) {
            revert ISealedAuctions.InvalidParameter("lotSize");
        }
        if (p.lotKind == LotKind.ERC20 && p.lotTokenId != 0) revert ISealedAuctions.InvalidParameter("lotTokenId");
        // A token that is ids and amounts at once could leave as somebody's amount: what comes as an id says so, and amounts,
        // deposits among them, must not.
        if ((p.lotKind == LotKind.ERC721) != Fungible.isErc721(p.lotToken)) {
            revert ISealedAuctions.InvalidParameter("lotKind");
        }
        if (p.tickSize == 0) revert ISealedAuctions.InvalidParameter("tickSize");
        if (p.closesAt <= block.timestamp || p.closesAt > block.timestamp + MAX_PERIOD) {
            revert ISealedAuctions.InvalidParameter("closesAt");
        }
        if (p.settleBy < p.closesAt + minSettlePeriod || p.settleBy > p.closesAt + MAX_PERIOD) {
            revert ISealedAuctions.InvalidParameter("settleBy");
        }
        if (p.challengeWindow < minChallengeWindow || p.challengeWindow > MAX_CHALLENGE_WINDOW) {
            revert ISealedAuctions.InvalidParameter("challengeWindow");
        }
        // Stored times have 32 bits.
        if (p.settleBy + p.challengeWindow > type(uint32).max) revert ISealedAuctions.InvalidParameter("settleBy");
        // Less than the lowest possible price covers no bid, and lets `maxBids` be used up for gas alone.
        uint256 lowest = uint256(p.reserve == 0 ? 1 : p.reserve) * p.tickSize;
        if (p.collateral < lowest) revert ISealedAuctions.InvalidParameter("collateral");
        _refuseLaterFormats(p);
    }

    /// @notice Writes a new auction. Its accumulator starts at zero, its round at 1.
    function store(Auction storage a, AuctionParams calldata p, address seller, bytes32 paramsHash) internal {
        a.paramsHash = paramsHash;
        a.maxBids = p.maxBids;
        a.round = 1;
        a.closesAt = uint32(p.closesAt);
        a.status = Status.OPEN;
        a.rule = p.rule;
        a.collateralPolicy = p.collateralPolicy;
        a.bidsPerAddress = uint8(p.bidsPerAddress);
        a.collateral = p.collateral;
        a.tickSize = p.tickSize;
        a.reserve = p.reserve;
        a.paymentToken = p.paymentToken;
        a.settleBy = uint32(p.settleBy);
        a.challengeWindow = p.challengeWindow;
        a.noSettlement = p.noSettlement;
        a.keyId = p.keyId;
        a.seller = seller;
        a.supply = p.supply;
        a.lotKind = p.lotKind;
        a.lotToken = p.lotToken;
        a.revealWindow = p.revealWindow;
        a.lotTokenId = p.lotTokenId;
        a.lotSize = p.lotSize;
        a.allowListRoot = p.allowListRoot;
        a.sealedReserve = p.sealedReserve;
    }

    function _refuseLaterFormats(AuctionParams calldata p) private pure {
        if (p.rule != PricingRule.FIRST_PRICE && p.rule != PricingRule.SECOND_PRICE) {
            revert ISealedAuctions.UnsupportedParameter("rule");
        }
        if (p.supply != 1) revert ISealedAuctions.UnsupportedParameter("supply");
        if (p.bidsPerAddress != 1) revert ISealedAuctions.UnsupportedParameter("bidsPerAddress");
        if (p.sealedReserve != 0) revert ISealedAuctions.UnsupportedParameter("sealedReserve");
        if (p.allowListRoot != 0) revert ISealedAuctions.UnsupportedParameter("allowListRoot");
        if (p.noSettlement != NoSettlementPolicy.REFUND) revert ISealedAuctions.UnsupportedParameter("noSettlement");
        if (p.revealWindow != 0) revert ISealedAuctions.UnsupportedParameter("revealWindow");
    }
}
