// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ISealedAuctions} from "../../src/interfaces/ISealedAuctions.sol";
import "../../src/types/AuctionTypes.sol";
import {Stage} from "../support/Stage.sol";

/// @notice An enclave that opens any list it is handed (Trustee), and a result that names neither winner nor bids
/// (Sirrah): a signature made over something else, or used elsewhere, must not settle.
contract UnboundResultTest is Stage {
    address internal constant ALICE = address(0xA11CE);
    address internal constant BOB = address(0xB0B);

    function test_result_over_a_shorter_list_does_not_settle() public {
        AuctionId id = open(defaults());
        Sealed memory alice = place(id, ALICE, 30);
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, alice, none(), 30);
        place(id, BOB, 40);
        close(id);
        mismatch(s, w, "acc");
        // Naming the right list with the wrong length does not either.
        s.acc = auctions.getAuction(id).acc;
        mismatch(s, w, "count");
    }

    function test_result_over_a_list_that_changed_does_not_settle() public {
        AuctionId id = open(defaults());
        Sealed memory alice = place(id, ALICE, 30);
        Sealed memory bob = place(id, BOB, 40);
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, bob, none(), 40);
        vm.prank(ALICE);
        auctions.cancelBid(id, alice.bid);
        close(id);
        mismatch(s, w, "acc");
    }

    function test_winner_shown_is_the_winner_signed() public {
        AuctionId id = open(defaults());
        Sealed memory alice = place(id, ALICE, 30);
        Sealed memory bob = place(id, BOB, 30);
        close(id);
        (AuctionSettlement memory s,) = outcome(id, alice, none(), 30);
        (, SettlementWitness memory w) = outcome(id, bob, none(), 30);
        mismatch(s, w, "winnersHash");
    }

    function test_result_of_another_auction_does_not_settle() public {
        AuctionId first = open(defaults());
        AuctionId second = open(defaults());
        Sealed memory alice = place(first, ALICE, 30);
        close(first);
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(first, alice, none(), 30);
        bytes memory signature = signed(s, ENCLAVE_KEY);
        s.id = second;
        vm.expectRevert(abi.encodeWithSelector(ISealedAuctions.SettlementMismatch.selector, "paramsHash"));
        auctions.settle(s, signature, w);
        AuctionSettlement memory empty = unsold(second);
        vm.expectPartialRevert(ISealedAuctions.UnknownSigner.selector);
        auctions.settle(empty, signature, noWitness());
    }

    function test_result_of_another_round_chain_or_contract_does_not_settle() public {
        AuctionId id = open(defaults());
        Sealed memory alice = place(id, ALICE, 30);
        close(id);
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, alice, none(), 30);
        s.round = 2;
        mismatch(s, w, "round");
        s.round = 1;
        vm.chainId(31338);
        bytes memory elsewhere = signed(s, ENCLAVE_KEY);
        vm.chainId(31337);
        unknown(s, elsewhere, w);
        ISealedAuctions here = auctions;
        auctions = deployAuctions(1, 1);
        elsewhere = signed(s, ENCLAVE_KEY);
        auctions = here;
        unknown(s, elsewhere, w);
    }

    function test_signature_has_one_form() public {
        AuctionId id = open(defaults());
        Sealed memory alice = place(id, ALICE, 30);
        close(id);
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, alice, none(), 30);
        (uint8 v, bytes32 r, bytes32 low) = vm.sign(ENCLAVE_KEY, auctions.hashSettlement(s));
        uint256 n = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
        unknown(s, abi.encodePacked(r, bytes32(n - uint256(low)), v == 27 ? uint8(28) : uint8(27)), w);
        unknown(s, abi.encodePacked(r, low), w);
        auctions.settle(s, abi.encodePacked(r, low, v), w);
    }

    function unknown(AuctionSettlement memory s, bytes memory signature, SettlementWitness memory w) private {
        vm.expectPartialRevert(ISealedAuctions.UnknownSigner.selector);
        auctions.settle(s, signature, w);
    }

    function mismatch(AuctionSettlement memory s, SettlementWitness memory w, string memory field) private {
        bytes memory signature = signed(s, ENCLAVE_KEY);
        vm.expectRevert(abi.encodeWithSelector(ISealedAuctions.SettlementMismatch.selector, field));
        auctions.settle(s, signature, w);
    }
}
