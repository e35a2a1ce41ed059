// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {IVault} from "../interfaces/IVault.sol";
import {LotKind} from "../types/AuctionTypes.sol";

/// @title Taking lots into custody and handing them out.
library Lots {
    using SafeERC20 for IERC20;

    /// @notice Moves the lot from `from` into this contract, and checks that it arrived whole.
    function take(LotKind kind, address token, uint256 tokenId, uint256 amount, address from) internal {
        if (kind == LotKind.ERC721) {
            IERC721(token).transferFrom(from, address(this), tokenId);
            bool arrived = IERC721(token).ownerOf(tokenId) == address(this);
            if (!arrived) revert IVault.TokenAmountMismatch(token, 1, 0);
            return;
        }
        uint256 before = _held(kind, token, tokenId);
        if (kind == LotKind.ERC1155) {
            IERC1155(token).safeTransferFrom(from, address(this), tokenId, amount, "");
        } else {
            IERC20(token).safeTransferFrom(from, address(this), amount);
        }
        uint256 received = _held(kind, token, tokenId) - before;
        if (received != amount) revert IVault.TokenAmountMismatch(token, amount, received);
    }

    /// @notice Sends a lot to `to`. A receiver that is a contract must accept it; if it refuses, only this call fails.
    function send(LotKind kind, address token, uint256 tokenId, uint256 amount, address to) internal {
        if (kind == LotKind.ERC721) {
            IERC721(token).safeTransferFrom(address(this), to, tokenId);
        } else if (kind == LotKind.ERC1155) {
            IERC1155(token).safeTransferFrom(address(this), to, tokenId, amount, "");
        } else {
            IERC20(token).safeTransfer(to, amount);
        }
    }

    function _held(LotKind kind, address token, uint256 tokenId) private view returns (uint256) {
        return kind == LotKind.ERC1155
            ? IERC1155(token).balanceOf(address(this), tokenId)
            : IERC20(token).balanceOf(address(this));
    }
}
