// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {ISealedAuctions} from "../../src/interfaces/ISealedAuctions.sol";
import {IVault} from "../../src/interfaces/IVault.sol";
import "../../src/types/AuctionTypes.sol";
import {Actor} from "../support/hostile/Actor.sol";
import {HostileLot} from "../support/hostile/HostileLot.sol";
import {HostileToken} from "../support/hostile/HostileToken.sol";
import {Stage} from "../support/Stage.sol";

/// @notice Calls from inside a transfer: of coin, of ERC-721 and ERC-1155 lots, of tokens with ERC-777-like hooks.
contract ReentrancyTest is Stage {
    address internal constant BOB = address(0xB0B);
    Actor internal actor;

    function setUp() public override {
        super.setUp();
        actor = new Actor();
    }

    function test_coin_receiver_cannot_withdraw_twice() public {
        fund(NATIVE, BOB, 5);
        vm.prank(BOB);
        auctions.deposit{value: 5}(NATIVE, 5);
        vm.deal(address(actor), 5);
        actor.act(address(auctions), 5, abi.encodeCall(IVault.deposit, (NATIVE, 5)));
        bytes memory withdrawal = abi.encodeCall(IVault.withdraw, (NATIVE, 5, address(actor)));
        actor.aim(address(auctions), withdrawal);
        actor.act(address(auctions), 0, withdrawal);
        struckBack();
        assertEq(address(actor).balance, 5, "his own and no more");
        assertEq(address(auctions).balance, 5, "the other's is still there");
    }

    function test_receiver_of_a_single_token_cannot_claim_twice() public {
        claimTwice(defaults());
    }

    function test_receiver_of_editions_cannot_claim_twice() public {
        AuctionParams memory p = editionParams();
        p.lotSize = 2;
        // Another auction's copies of the same edition lie in custody: a second claim would take those.
        open(p);
        claimTwice(p);
        assertEq(editions.balanceOf(address(actor), p.lotTokenId), 2, "one lot");
    }

    function test_token_hook_cannot_enter_during_a_deposit_or_a_bid() public {
        HostileToken hooked = new HostileToken();
        AuctionParams memory p = defaults();
        p.paymentToken = address(hooked);
        AuctionId id = open(p);
        hooked.mint(address(actor), 300 gwei);
        actor.act(address(hooked), 0, abi.encodeCall(hooked.approve, (address(auctions), type(uint256).max)));
        hooked.setHook(actor);
        bytes memory deposit = abi.encodeCall(IVault.deposit, (address(hooked), 100 gwei));
        actor.aim(address(auctions), deposit);
        actor.act(address(auctions), 0, deposit);
        struckBack();
        (BidInput memory input,) = prepare(id, address(actor), 40, 1, 100 gwei);
        actor.aim(address(auctions), abi.encodeCall(ISealedAuctions.placeBid, (input)));
        actor.act(address(auctions), 0, abi.encodeCall(ISealedAuctions.depositAndBid, (input, 100 gwei)));
        struckBack();
        assertEq(auctions.balanceOf(address(hooked), address(actor)), 100 gwei, "one deposit");
        assertEq(auctions.getAuction(id).live, 1, "one bid");
    }

    function test_lot_hook_cannot_enter_while_its_auction_is_created() public {
        HostileLot hooked = new HostileLot();
        AuctionParams memory p = defaults();
        p.lotToken = address(hooked);
        hooked.mint(seller, p.lotTokenId);
        hooked.setHook(actor);
        AuctionId id = auctions.auctionIdOf(seller, 0);
        actor.aim(address(auctions), abi.encodeCall(ISealedAuctions.voidAuction, (id)));
        open(p);
        struckBack();
        assertEq(uint256(auctions.getAuction(id).status), uint256(Status.OPEN), "status");
    }

    function claimTwice(AuctionParams memory p) private {
        AuctionId id = open(p);
        Sealed memory winner = place(id, address(actor), 40);
        settleFor(id, winner, none(), 40);
        finalize(id);
        bytes memory again = abi.encodeCall(ISealedAuctions.claimLot, (id, address(actor), 0, address(actor)));
        actor.aim(address(auctions), again);
        auctions.claimLot(id, address(actor), 0, address(actor));
        struckBack();
        actor.aim(address(auctions), abi.encodeCall(ISealedAuctions.claim, (id, winner.bid)));
        auctions.claim(id, winner.bid);
        assertEq(auctions.balanceOf(NATIVE, address(actor)), 60 gwei, "paid once");
    }

    /// @dev The call from inside was made, and refused for what it was.
    function struckBack() private view {
        assertTrue(actor.strikes() != 0, "no call from inside");
        assertTrue(!actor.struckHome(), "the call from inside went through");
        bytes memory reason = abi.encodeWithSelector(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
        assertEq(keccak256(actor.answer()), keccak256(reason), "reason");
    }
}
