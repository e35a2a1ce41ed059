// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ITokenHook} from "./HostileToken.sol";

/// @notice An ERC-721 that can stop moving, pretend to move, and call out while it moves.
contract HostileLot is ERC721("Hostile lot", "BADLOT") {
    error Stuck();

    bool public stuck;
    bool public lies;
    ITokenHook public hook;

    function mint(address to, uint256 tokenId) external {
        _mint(to, tokenId);
    }

    function setStuck(bool on) external {
        stuck = on;
    }

    function setLies(bool on) external {
        lies = on;
    }

    function setHook(ITokenHook called) external {
        hook = called;
    }

    function _update(address to, uint256 tokenId, address auth) internal override returns (address from) {
        if (stuck) revert Stuck();
        // OpenZeppelin compares the previous owner with the sender, so the lie passes its own check.
        if (lies) return _ownerOf(tokenId);
        from = super._update(to, tokenId, auth);
        if (address(hook) != address(0)) hook.tokensMoved();
    }
}
