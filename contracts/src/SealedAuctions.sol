// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {IERC1155Receiver} from "@openzeppelin/contracts/token/ERC1155/IERC1155Receiver.sol";
import {IEnclaveRegistry} from "./interfaces/IEnclaveRegistry.sol";
import {ISealedAuctions} from "./interfaces/ISealedAuctions.sol";
import {AuctionRules} from "./libraries/AuctionRules.sol";
import {Leaves} from "./libraries/Leaves.sol";
import {Lots} from "./libraries/Lots.sol";
import {AuctionId, AuctionParams} from "./types/AuctionTypes.sol";
import {AuctionBase} from "./AuctionBase.sol";
import {AuctionBids} from "./AuctionBids.sol";
import {AuctionClaims} from "./AuctionClaims.sol";
import {AuctionSettlements} from "./AuctionSettlements.sol";

/// @title Sealed-bid auctions, whole.
/// @notice Nobody administers this contract: no one can pause it, upgrade it, or move another's funds.
contract SealedAuctions is AuctionBids, AuctionSettlements, AuctionClaims, IERC1155Receiver {
    constructor(IEnclaveRegistry registry, uint256 minSettlePeriod, uint256 minChallengeWindow)
        AuctionBase(registry, minSettlePeriod, minChallengeWindow)
    {}

    /// @inheritdoc ISealedAuctions
    function createAuction(AuctionParams calldata params) external nonReentrant returns (AuctionId id) {
        AuctionRules.validate(params, MIN_SETTLE_PERIOD, MIN_CHALLENGE_WINDOW);
        if (!REGISTRY.isUsableKey(params.keyId, params.closesAt)) revert InvalidParameter("keyId");
        uint256 nonce = _sellerNonces[msg.sender]++;
        id = Leaves.auctionId(CHAIN_ID, msg.sender, nonce);
        bytes32 paramsHash = Leaves.params(CHAIN_ID, id, params);
        AuctionRules.store(_auctions[id], params, msg.sender, paramsHash);
        emit AuctionCreated(id, msg.sender, params.keyId, nonce, paramsHash, params);
        uint256 amount = params.lotSize * params.supply;
        Lots.take(params.lotKind, params.lotToken, params.lotTokenId, amount, msg.sender);
    }

    /// @dev Only tokens that this contract itself is taking: one sent here by mistake would be stuck.
    function onERC1155Received(address operator, address, uint256, uint256, bytes calldata)
        external
        view
        returns (bytes4)
    {
        return operator == address(this) ? IERC1155Receiver.onERC1155Received.selector : bytes4(0);
    }

    /// @dev Batches are never taken.
    function onERC1155BatchReceived(address, address, uint256[] calldata, uint256[] calldata, bytes calldata)
        external
        pure
        returns (bytes4)
    {
        return bytes4(0);
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return interfaceId == type(IERC1155Receiver).interfaceId || interfaceId == type(IERC165).interfaceId;
    }
}
