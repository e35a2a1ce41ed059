// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ISealedAuctions} from "../../src/interfaces/ISealedAuctions.sol";
import {IVault} from "../../src/interfaces/IVault.sol";
import "../../src/types/AuctionTypes.sol";
import {Actor} from "../support/hostile/Actor.sol";
import {HostileLot} from "../support/hostile/HostileLot.sol";
import {HostileToken} from "../support/hostile/HostileToken.sol";
import {IDemoToken} from "../support/Demo.sol";
import {Stage} from "../support/Stage.sol";

/// @notice One blacklisted bidder, one reverting token, one zero transfer or one refusing receiver blocked everybody
/// in Axis (audit H-8, M-2, H-2). Here each stands alone.
contract OneBadAppleTest is Stage {
    address internal constant ALICE = address(0xA11CE);
    address internal constant BOB = address(0xB0B);
    HostileToken internal bad;

    function setUp() public override {
        super.setUp();
        bad = new HostileToken();
    }

    function test_blacklisted_bidder_blocks_nobody_and_loses_nothing() public {
        (AuctionId id, Sealed memory alice, Sealed memory bob) = settled();
        bad.setBlacklisted(BOB, true);
        finalize(id);
        auctions.claim(id, bob.bid);
        auctions.claim(id, alice.bid);
        auctions.claimProceeds(id);
        auctions.claimLot(id, ALICE, 0, ALICE);
        take(seller, 40 gwei);
        vm.expectRevert(abi.encodeWithSelector(HostileToken.Blacklisted.selector, BOB));
        vm.prank(BOB);
        auctions.withdraw(address(bad), 100 gwei, BOB);
        vm.prank(BOB);
        auctions.withdraw(address(bad), 100 gwei, address(0xCAFE));
        assertEq(bad.balanceOf(address(0xCAFE)), 100 gwei, "received elsewhere");
    }

    function test_token_that_stops_moving_delays_withdrawals_and_nothing_else() public {
        (AuctionId id, Sealed memory alice, Sealed memory bob) = settled();
        bad.setStuck(true);
        finalize(id);
        auctions.claim(id, bob.bid);
        auctions.claim(id, alice.bid);
        auctions.claimProceeds(id);
        auctions.claimLot(id, ALICE, 0, ALICE);
        // Other auctions, in other tokens, do not notice.
        AuctionId other = open(defaults());
        Sealed memory carol = place(other, address(0xCA201), 20);
        settleFor(other, carol, none(), 20);
        finalize(other);
        auctions.claim(other, carol.bid);
        bad.setStuck(false);
        take(BOB, 100 gwei);
    }

    function test_transfer_of_nothing_never_happens() public {
        AuctionParams memory p = defaults();
        p.rule = PricingRule.SECOND_PRICE;
        p.reserve = 0;
        p.paymentToken = address(bad);
        AuctionId id = open(p);
        Sealed memory alice = place(id, ALICE, 40);
        // A replacement that deposits nothing, and a sale at no price: this token reverts on a zero transfer.
        (BidInput memory input, Sealed memory secret) = prepare(id, ALICE, 50, 1, 100 gwei);
        vm.prank(ALICE);
        secret.bid.seq = auctions.replaceBid(alice.bid, input, 0);
        settleFor(id, secret, none(), 0);
        finalize(id);
        auctions.claim(id, secret.bid);
        auctions.claimLot(id, ALICE, 0, ALICE);
        take(ALICE, 100 gwei);
        assertEq(bad.balanceOf(address(auctions)), 0, "left behind");
    }

    function test_winner_that_refuses_coin_and_lots_blocks_only_himself() public {
        Actor winner = new Actor();
        AuctionParams memory p = defaults();
        AuctionId id = open(p);
        Sealed memory alice = place(id, address(winner), 40);
        Sealed memory bob = place(id, BOB, 30);
        settleFor(id, alice, none(), 40);
        finalize(id);
        winner.refuse(true);
        auctions.claim(id, alice.bid);
        auctions.claim(id, bob.bid);
        auctions.claimProceeds(id);
        vm.expectRevert(Actor.Refused.selector);
        auctions.claimLot(id, address(winner), 0, address(winner));
        winner.act(address(auctions), 0, abi.encodeCall(ISealedAuctions.claimLot, (id, address(winner), 0, BOB)));
        assertEq(lots.ownerOf(p.lotTokenId), BOB, "sent elsewhere by its winner");
        vm.prank(BOB);
        auctions.withdraw(NATIVE, 100 gwei, BOB);
    }

    function test_lot_that_will_not_move_keeps_no_money_back() public {
        HostileLot stuck = new HostileLot();
        AuctionParams memory p = defaults();
        p.lotToken = address(stuck);
        stuck.mint(seller, p.lotTokenId);
        AuctionId id = open(p);
        Sealed memory alice = place(id, ALICE, 40);
        Sealed memory bob = place(id, BOB, 30);
        settleFor(id, alice, none(), 40);
        finalize(id);
        stuck.setStuck(true);
        vm.expectRevert(HostileLot.Stuck.selector);
        auctions.claimLot(id, ALICE, 0, ALICE);
        auctions.claim(id, alice.bid);
        auctions.claim(id, bob.bid);
        auctions.claimProceeds(id);
        stuck.setStuck(false);
        auctions.claimLot(id, ALICE, 0, ALICE);
        assertEq(stuck.ownerOf(p.lotTokenId), ALICE, "once it moves again");
    }

    function test_lot_that_only_pretends_to_arrive_is_refused() public {
        HostileLot liar = new HostileLot();
        AuctionParams memory p = defaults();
        p.lotToken = address(liar);
        liar.mint(seller, p.lotTokenId);
        liar.setLies(true);
        vm.startPrank(seller);
        liar.approve(address(auctions), p.lotTokenId);
        vm.expectRevert(abi.encodeWithSelector(IVault.TokenAmountMismatch.selector, address(liar), 1, 0));
        auctions.createAuction(p);
        p.lotKind = LotKind.ERC20;
        (p.lotToken, p.lotTokenId, p.lotSize) = (address(bad), 0, 100);
        bad.mint(seller, 100);
        bad.approve(address(auctions), 100);
        bad.setFee(1);
        vm.expectRevert(abi.encodeWithSelector(IVault.TokenAmountMismatch.selector, address(bad), 100, 99));
        auctions.createAuction(p);
        vm.stopPrank();
    }

    function settled() private returns (AuctionId id, Sealed memory alice, Sealed memory bob) {
        AuctionParams memory p = defaults();
        p.paymentToken = address(bad);
        id = open(p);
        alice = place(id, ALICE, 40);
        bob = place(id, BOB, 30);
        settleFor(id, alice, none(), 40);
    }

    function take(address account, uint256 amount) private {
        vm.prank(account);
        auctions.withdraw(address(bad), amount, account);
        assertEq(IDemoToken(address(bad)).balanceOf(account), amount, "withdrawn");
    }
}
