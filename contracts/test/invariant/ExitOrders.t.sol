// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import "../../src/types/AuctionTypes.sol";
import {Stage} from "../support/Stage.sol";

/// @notice Claims come in any order, for every rule, kind of lot and money, and end alike.
contract ExitOrdersTest is Stage {
    address internal constant ALICE = address(0xA11CE);
    address internal constant BOB = address(0xB0B);

    function test_every_order_of_claims_ends_alike() public {
        for (uint256 variant; variant < 12; ++variant) {
            // 24 orders of: the winner's money, his lot, the loser's money, the seller's money.
            for (uint256 order; order < 24; ++order) this.everyone(variant, order);
        }
    }

    /// @dev External, so that each starts with its own memory.
    function everyone(uint256 variant, uint256 order) external {
        AuctionParams memory p = variant % 3 == 0 ? defaults() : variant % 3 == 1 ? editionParams() : fungibleParams();
        bool second = (variant / 3) % 2 == 1;
        p.rule = second ? PricingRule.SECOND_PRICE : PricingRule.FIRST_PRICE;
        p.paymentToken = variant >= 6 ? address(token) : NATIVE;
        AuctionId id = open(p);
        Sealed memory alice = place(id, ALICE, 40);
        Sealed memory bob = place(id, BOB, 30);
        settleFor(id, alice, second ? only(bob) : none(), second ? 30 : 40);
        finalize(id);
        uint256[4] memory steps = permutation(order);
        for (uint256 i; i < 4; ++i) {
            if (steps[i] == 0) auctions.claim(id, alice.bid);
            if (steps[i] == 1) auctions.claimLot(id, ALICE, 0, ALICE);
            if (steps[i] == 2) auctions.claim(id, bob.bid);
            if (steps[i] == 3) auctions.claimProceeds(id);
        }
        uint256 price = second ? 30 gwei : 40 gwei;
        take(p.paymentToken, ALICE, 100 gwei - price);
        take(p.paymentToken, BOB, 100 gwei);
        take(p.paymentToken, seller, price);
        assertEq(holdings(p.paymentToken), 0, "money left behind");
        assertEq(lotsOf(p, ALICE), p.lotSize, "lot");
        assertEq(keccak256(abi.encode(auctions.getBidSlot(id, ALICE, 0))), keccak256(new bytes(128)), "slot emptied");
    }

    /// @dev The balance is exactly `amount`, and leaves.
    function take(address paymentToken, address account, uint256 amount) private {
        assertEq(auctions.balanceOf(paymentToken, account), amount, "balance");
        vm.prank(account);
        auctions.withdraw(paymentToken, amount, account);
    }

    function lotsOf(AuctionParams memory p, address account) private view returns (uint256) {
        if (p.lotKind == LotKind.ERC721) return lots.ownerOf(p.lotTokenId) == account ? 1 : 0;
        if (p.lotKind == LotKind.ERC1155) return editions.balanceOf(account, p.lotTokenId);
        (bool ok, bytes memory answer) = p.lotToken.staticcall(abi.encodeCall(token.balanceOf, (account)));
        return ok ? abi.decode(answer, (uint256)) : 0;
    }

    /// @dev The order-th of the 24 permutations of four steps.
    function permutation(uint256 order) private pure returns (uint256[4] memory steps) {
        uint256[4] memory left = [uint256(0), 1, 2, 3];
        for (uint256 i; i < 4; ++i) {
            uint256 picked = order % (4 - i);
            order /= 4 - i;
            steps[i] = left[picked];
            left[picked] = left[3 - i];
        }
    }
}
