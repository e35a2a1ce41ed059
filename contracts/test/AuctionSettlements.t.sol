// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ISealedAuctions} from "../src/interfaces/ISealedAuctions.sol";
import "../src/types/AuctionTypes.sol";
import {Stage} from "./support/Stage.sol";

/// @notice What every settlement is checked for: its time, its input, its signer, its winners.
contract AuctionSettlementsTest is Stage {
    address internal constant ALICE = address(0xA11CE);
    address internal constant BOB = address(0xB0B);
    AuctionId internal id;
    Sealed internal alice;
    Sealed internal bob;

    function setUp() public override {
        super.setUp();
        id = open(defaults());
        alice = place(id, ALICE, 40);
        bob = place(id, BOB, 30);
        close(id);
    }

    function test_settlement_records_the_outcome() public {
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, alice, none(), 40);
        uint64 until = uint64(block.timestamp + 10 minutes);
        vm.expectEmit(true, true, true, true, address(auctions));
        emit ISealedAuctions.BidWon(id, ALICE, 0, 0, 1, 40 gwei);
        vm.expectEmit(true, true, true, true, address(auctions));
        emit ISealedAuctions.BidOpened(id, 0, 40, 1, alice.opening.rho);
        vm.expectEmit(true, true, true, true, address(auctions));
        emit ISealedAuctions.AuctionSettled(id, vm.addr(ENCLAVE_KEY), 0, until, s);
        auctions.settle(s, signed(s, ENCLAVE_KEY), w);
        Auction memory a = auctions.getAuction(id);
        assertEq(uint256(a.status), uint256(Status.SETTLED), "status");
        assertEq(a.challengeUntil, until, "challengeUntil");
        assertEq(a.clearingPrice, 40, "clearingPrice");
        assertEq(a.totalFilled, 1, "totalFilled");
        assertEq(a.marginalSeq, 0, "marginalSeq");
        assertEq(a.signerIndex, registry.signerIndexOf(keyId, vm.addr(ENCLAVE_KEY)), "signerIndex");
        BidSlot memory slot = auctions.getBidSlot(id, ALICE, 0);
        assertEq(slot.round, 1, "round");
        assertEq(slot.fill, 1, "fill");
        assertEq(slot.payment, 40 gwei, "payment");
        assertEq(auctions.getBidSlot(id, BOB, 0).round, 0, "the loser is not marked");
    }

    function test_settlement_before_the_close_is_refused() public {
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, alice, none(), 40);
        vm.warp(block.timestamp - 1);
        refused(
            s, w, abi.encodeWithSelector(ISealedAuctions.AuctionNotClosed.selector, id, block.timestamp + 1)
        );
    }

    function test_settlement_in_the_last_second_counts_and_the_next_is_too_late() public {
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, alice, none(), 40);
        uint256 settleBy = auctions.getAuction(id).settleBy;
        vm.warp(settleBy);
        refused(s, w, abi.encodeWithSelector(ISealedAuctions.SettlementTooLate.selector, settleBy));
        vm.warp(settleBy - 1);
        auctions.settle(s, signed(s, ENCLAVE_KEY), w);
    }

    function test_no_auction_is_settled_twice_or_after_it_was_voided() public {
        settleFor(id, alice, none(), 40);
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, alice, none(), 40);
        refused(s, w, abi.encodeWithSelector(ISealedAuctions.AuctionNotOpen.selector, id));
        AuctionId other = open(defaults());
        close(other);
        auctions.voidAuction(other);
        s = unsold(other);
        refused(s, noWitness(), abi.encodeWithSelector(ISealedAuctions.AuctionNotOpen.selector, other));
    }

    function test_unknown_auction_is_not_settled() public {
        AuctionSettlement memory s = unsold(AuctionId.wrap(keccak256("none")));
        refused(s, noWitness(), abi.encodeWithSelector(ISealedAuctions.UnknownAuction.selector, s.id));
    }

    function test_settlement_is_for_these_terms_these_bids_and_this_round() public {
        for (uint256 field; field < 6; ++field) {
            (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, alice, none(), 40);
            if (field == 0) s.paramsHash = keccak256("other terms");
            if (field == 1) s.acc = keccak256("other bids");
            if (field == 2) s.count += 1;
            if (field == 3) s.round += 1;
            if (field == 4) s.reserve += 1;
            if (field == 5) s.reserveInvalid = true;
            string[6] memory names = ["paramsHash", "acc", "count", "round", "reserve", "reserveInvalid"];
            mismatch(s, w, names[field]);
        }
    }

    function test_settlement_names_its_winners_fill_and_price() public {
        for (uint256 field; field < 3; ++field) {
            (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, alice, none(), 40);
            if (field == 0) s.winnersHash = keccak256("other winners");
            if (field == 1) s.totalFilled = 2;
            if (field == 2) s.clearingPrice = 39;
            string[3] memory names = ["winnersHash", "totalFilled", "clearingPrice"];
            mismatch(s, w, names[field]);
        }
    }

    function test_signer_must_be_an_admitted_enclave() public {
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, alice, none(), 40);
        uint256 stranger = uint256(keccak256("stranger"));
        bytes memory signature = signed(s, stranger);
        vm.expectRevert(abi.encodeWithSelector(ISealedAuctions.UnknownSigner.selector, vm.addr(stranger)));
        auctions.settle(s, signature, w);
        vm.expectRevert(abi.encodeWithSelector(ISealedAuctions.UnknownSigner.selector, address(0)));
        auctions.settle(s, "", w);
    }

    function test_signer_of_another_sealing_key_is_a_stranger() public {
        uint256 other = uint256(keccak256("other enclave"));
        registry.register(registration(vm.addr(other), OTHER_SEALING_KEY));
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, alice, none(), 40);
        bytes memory signature = signed(s, other);
        vm.expectRevert(abi.encodeWithSelector(ISealedAuctions.UnknownSigner.selector, vm.addr(other)));
        auctions.settle(s, signature, w);
    }

    function test_second_signer_of_the_key_may_settle() public {
        uint256 other = uint256(keccak256("other enclave"));
        registry.register(registration(vm.addr(other), SEALING_KEY));
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, alice, none(), 40);
        auctions.settle(s, signed(s, other), w);
        assertEq(auctions.getAuction(id).signerIndex, 2, "signerIndex");
    }

    function test_revoked_key_settles_no_more() public {
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, alice, none(), 40);
        registry.revoke(keyId, revocation(keyId, ENCLAVE_KEY));
        refused(
            s, w, abi.encodeWithSelector(ISealedAuctions.UnknownSigner.selector, vm.addr(ENCLAVE_KEY))
        );
    }

    function test_proof_hash_is_signed_with_the_rest() public {
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, alice, none(), 40);
        bytes memory signature = signed(s, ENCLAVE_KEY);
        s.proofHash = keccak256("another bundle");
        vm.expectPartialRevert(ISealedAuctions.UnknownSigner.selector);
        auctions.settle(s, signature, w);
    }

    function test_digest_is_the_one_of_eip_712() public view {
        AuctionSettlement memory s = unsold(id);
        bytes32 typeHash = keccak256(
            "AuctionSettlement(bytes32 id,bytes32 paramsHash,bytes32 acc,uint32 count,uint32 round,uint32 reserve,bool reserveInvalid,uint32 clearingPrice,uint32 totalFilled,bytes32 winnersHash,bytes32 proofHash)"
        );
        bytes32 statement = keccak256(abi.encode(typeHash, s));
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", domainSeparator(address(auctions)), statement));
        assertEq(auctions.hashSettlement(s), digest, "digest");
    }

    function mismatch(AuctionSettlement memory s, SettlementWitness memory w, string memory field) private {
        refused(s, w, abi.encodeWithSelector(ISealedAuctions.SettlementMismatch.selector, field));
    }

    /// @dev Signed by the enclave as it is, so that the signature is never the reason.
    function refused(AuctionSettlement memory s, SettlementWitness memory w, bytes memory reason) private {
        bytes memory signature = signed(s, ENCLAVE_KEY);
        vm.expectRevert(reason);
        auctions.settle(s, signature, w);
    }
}
