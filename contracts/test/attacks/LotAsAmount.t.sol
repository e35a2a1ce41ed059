// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ISealedAuctions} from "../../src/interfaces/ISealedAuctions.sol";
import "../../src/types/AuctionTypes.sol";
import {IdsAndAmounts} from "../support/hostile/IdsAndAmounts.sol";
import {Stage} from "../support/Stage.sol";

/// @notice A lot whose token is an amount too leaves custody as somebody's withdrawal: such a lot is not taken.
contract LotAsAmountTest is Stage {
    uint256 internal constant LOT = (1 << 255) + 7;
    address internal constant MALLORY = address(0x3A1102);

    function test_a_token_of_ids_and_amounts_is_no_lot() public {
        IdsAndAmounts token404 = new IdsAndAmounts();
        token404.mint(seller, LOT);
        token404.mint(MALLORY, (1 << 255) + 8);
        vm.startPrank(MALLORY);
        token404.approve(address(auctions), 1);
        auctions.deposit(address(token404), 1);
        vm.stopPrank();

        AuctionParams memory p = defaults();
        (p.lotToken, p.lotTokenId) = (address(token404), LOT);
        vm.startPrank(seller);
        token404.approve(address(auctions), 1);
        vm.expectRevert(abi.encodeWithSelector(ISealedAuctions.InvalidParameter.selector, "lotKind"));
        auctions.createAuction(p);
        vm.stopPrank();

        // Taken, the last id in, the lot, would be what this pays out.
        vm.prank(MALLORY);
        auctions.withdraw(address(token404), 1, MALLORY);
        assertEq(token404.ownerOf(LOT), seller, "the lot");
    }
}
