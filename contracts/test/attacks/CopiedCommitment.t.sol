// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ISealedAuctions} from "../../src/interfaces/ISealedAuctions.sol";
import "../../src/types/AuctionTypes.sol";
import {Stage} from "../support/Stage.sol";

/// @notice A shill copies another's commitment and blob, waits for the opening, and uses it for himself: the attack
/// that made auction-zoo's winner pay 10 for a reserve of 1. Here an opening is bound to its bidder.
contract CopiedCommitmentTest is Stage {
    address internal constant VICTIM = address(0xA11CE);
    address internal constant SHILL = address(0x5411);

    function test_copy_cannot_win_with_the_victims_opening() public {
        (AuctionId id, Sealed memory victim, Sealed memory copy) = copied(PricingRule.FIRST_PRICE);
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, copy, none(), 40);
        refused(s, w);
        settleFor(id, victim, none(), 40);
    }

    function test_copy_cannot_set_the_victims_price_as_runner_up() public {
        (AuctionId id, Sealed memory victim, Sealed memory copy) = copied(PricingRule.SECOND_PRICE);
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, victim, only(copy), 40);
        refused(s, w);
        settleFor(id, victim, none(), 10);
        assertEq(auctions.getBidSlot(id, VICTIM, 0).payment, 10 gwei, "the reserve, and not his own bid");
    }

    function test_commitment_copied_into_another_auction_does_not_open_there() public {
        (, Sealed memory victim,) = copied(PricingRule.FIRST_PRICE);
        AuctionId other = open(defaults());
        Sealed memory moved = put(other, VICTIM, victim);
        close(other);
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(other, moved, none(), 40);
        refused(s, w);
    }

    function copied(PricingRule rule) private returns (AuctionId id, Sealed memory victim, Sealed memory copy) {
        AuctionParams memory p = defaults();
        p.rule = rule;
        id = open(p);
        victim = place(id, VICTIM, 40);
        copy = put(id, SHILL, victim);
        close(id);
    }

    /// @dev The same point and blob, placed by `bidder`.
    function put(AuctionId id, address bidder, Sealed memory original) private returns (Sealed memory copy) {
        bytes memory blob = sealedBlob(original.opening.rho);
        BidInput memory input = BidInput(
            id, auctions.getAuction(id).paramsHash, 0, 100 gwei, original.bid.x, original.bid.y, blob
        );
        fund(NATIVE, bidder, 100 gwei);
        vm.prank(bidder);
        uint32 seq = auctions.depositAndBid{value: 100 gwei}(input, 100 gwei);
        copy.bid = Bid(seq, 0, bidder, 100 gwei, 0, 0, input.x, input.y, keccak256(blob));
        copy.opening = original.opening;
    }

    function refused(AuctionSettlement memory s, SettlementWitness memory w) private {
        bytes memory signature = signed(s, ENCLAVE_KEY);
        vm.expectPartialRevert(ISealedAuctions.OpeningMismatch.selector);
        auctions.settle(s, signature, w);
    }
}
