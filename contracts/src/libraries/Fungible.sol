// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ERC165Checker} from "@openzeppelin/contracts/utils/introspection/ERC165Checker.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

/// @title Tells tokens that come as amounts from those that come one by one.
library Fungible {
    /// @notice Whether `token` says that it is an ERC-721.
    /// @dev Such a contract answers transferFrom and balanceOf, but not transfer: token number 1 would come in as an
    /// amount of one unit, and never leave.
    function isErc721(address token) internal view returns (bool) {
        return ERC165Checker.supportsERC165InterfaceUnchecked(token, type(IERC721).interfaceId);
    }
}
