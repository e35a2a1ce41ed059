// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IHiddenBook} from "../src/interfaces/IHiddenBook.sol";
import {IVault} from "../src/interfaces/IVault.sol";
import "../src/types/BookTypes.sol";
import {BookStage} from "./support/BookStage.sol";

/// @notice Money in and out, with an enclave and without.
contract HiddenBookMarginsTest is BookStage {
    function test_margin_comes_from_the_vault_or_the_wallet_in_the_markets_tokens() public {
        token.mint(ANN, 30);
        vm.startPrank(ANN);
        token.approve(address(book), 30);
        book.deposit(address(token), 30);
        book.fundMargin(market, address(token), 20);
        vm.expectRevert(
            abi.encodeWithSelector(IVault.InsufficientBalance.selector, address(token), ANN, uint256(10), uint256(11))
        );
        book.fundMargin(market, address(token), 11);
        vm.expectRevert(IVault.ZeroAmount.selector);
        book.fundMargin(market, address(token), 0);
        vm.deal(ANN, 1 ether);
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.UnknownToken.selector, address(0)));
        book.depositMargin{value: 1}(market, address(0), 1);
        vm.stopPrank();
        (uint128 base,) = margins(ANN);
        assertEq(base, 1_000 * LOT + 20, "margin");
        assertEq(book.balanceOf(address(token), ANN), 10, "rest");
    }

    function test_a_market_in_native_coin_takes_native_coin() public {
        MarketParams memory p = marketParams();
        p.quote = address(0);
        openMarket(p);
        vm.deal(ANN, 1 ether);
        vm.startPrank(ANN);
        book.depositMargin{value: 1 ether}(market, address(0), 1 ether);
        book.requestWithdrawal(market, 0, 1 ether);
        vm.warp(endOf(1));
        book.executeWithdrawal(market, ANN);
        book.withdraw(address(0), 1 ether, ANN);
        assertEq(ANN.balance, 1 ether, "back");
    }

    function test_margin_has_an_upper_end() public {
        vm.startPrank(ANN);
        token.mint(ANN, type(uint128).max);
        token.approve(address(book), type(uint256).max);
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.MarginTooLarge.selector, address(token)));
        book.depositMargin(market, address(token), type(uint128).max);
    }

    function test_all_margins_of_a_market_together_have_that_end_too() public {
        // ann and bob hold 1,000 lots each: another's deposit up to the end fits, and one unit more does not.
        address carl = address(0xCA71);
        token.mint(carl, type(uint128).max);
        vm.startPrank(carl);
        token.approve(address(book), type(uint256).max);
        book.depositMargin(market, address(token), type(uint128).max - 2_000 * LOT);
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.MarginTooLarge.selector, address(token)));
        book.depositMargin(market, address(token), 1);
        vm.stopPrank();
        // What leaves makes room, and only as much.
        vm.prank(ANN);
        book.requestWithdrawal(market, 1, 0);
        vm.warp(endOf(1));
        book.executeWithdrawal(market, ANN);
        vm.startPrank(carl);
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.MarginTooLarge.selector, address(token)));
        book.depositMargin(market, address(token), 2);
        book.depositMargin(market, address(token), 1);
    }

    function test_fees_that_left_a_market_make_room_in_it() public {
        (bytes32 buy,) = place(ANN);
        (bytes32 sell,) = place(BOB);
        vm.warp(endOf(1));
        Fill[] memory fills = trade(buy, ANN, sell, BOB, 3);
        BatchSettlement memory s = settle(1, 700, fills);
        vm.warp(block.timestamp + WINDOW);
        book.finalizeBatch(s, fills);
        uint256 fees = book.balanceOf(address(quote), CREATOR);
        address carl = address(0xCA71);
        quote.mint(carl, type(uint128).max);
        vm.startPrank(carl);
        quote.approve(address(book), type(uint256).max);
        uint256 room = type(uint128).max - (2_000_000 * uint256(TICK) - fees);
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.MarginTooLarge.selector, address(quote)));
        book.depositMargin(market, address(quote), room + 1);
        book.depositMargin(market, address(quote), room);
    }

    function test_withdrawal_waits_for_its_batch_and_all_before() public {
        place(BOB);
        vm.prank(ANN);
        book.requestWithdrawal(market, 10, 20);
        bytes memory notDue = abi.encodeWithSelector(IHiddenBook.WithdrawalNotDue.selector, market, ANN, 1);
        vm.expectRevert(notDue);
        book.executeWithdrawal(market, ANN);
        vm.warp(endOf(1));
        vm.expectRevert(notDue);
        book.executeWithdrawal(market, ANN);
        BatchSettlement memory s = settle(1, 0, none());
        vm.expectRevert(notDue);
        book.executeWithdrawal(market, ANN);
        vm.warp(block.timestamp + WINDOW);
        book.finalizeBatch(s, none());
        vm.prank(address(0x57A46E4));
        book.executeWithdrawal(market, ANN);
        assertEq(book.balanceOf(address(token), ANN), 10, "base");
        assertEq(book.balanceOf(address(quote), ANN), 20, "quote");
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.NothingRequested.selector, market, ANN));
        book.executeWithdrawal(market, ANN);
    }

    function test_withdrawal_needs_no_operator() public {
        place(BOB);
        vm.prank(ANN);
        book.requestWithdrawal(market, 10, 20);
        vm.warp(endOf(1) + SETTLE_BY - 1);
        vm.expectPartialRevert(IHiddenBook.WithdrawalNotDue.selector);
        book.executeWithdrawal(market, ANN);
        vm.warp(endOf(1) + SETTLE_BY);
        book.executeWithdrawal(market, ANN);
        assertEq(book.balanceOf(address(token), ANN), 10, "base");
    }

    function test_withdrawal_pays_what_an_earlier_batch_left() public {
        (bytes32 buy,) = place(BOB);
        (bytes32 sell,) = place(ANN);
        vm.warp(endOf(1));
        // Ann sells all, and asks for all back in the next batch, before the first is settled.
        vm.prank(ANN);
        book.requestWithdrawal(market, 1_000 * LOT, 0);
        Fill[] memory fills = trade(buy, BOB, sell, ANN, 900);
        BatchSettlement memory s = settle(1, 100, fills);
        vm.warp(block.timestamp + WINDOW + LENGTH);
        book.finalizeBatch(s, fills);
        book.executeWithdrawal(market, ANN);
        assertEq(book.balanceOf(address(token), ANN), 100 * LOT, "what is left");
        (uint128 base,) = margins(ANN);
        assertEq(base, 0, "margin");
    }

    function test_requests_add_up_and_stay_within_the_margin() public {
        vm.startPrank(ANN);
        book.requestWithdrawal(market, 600 * LOT, 0);
        vm.expectPartialRevert(IVault.InsufficientBalance.selector);
        book.requestWithdrawal(market, 600 * LOT, 0);
        vm.expectRevert(IVault.ZeroAmount.selector);
        book.requestWithdrawal(market, 0, 0);
        vm.warp(endOf(4));
        book.requestWithdrawal(market, 400 * LOT, 0);
        Withdrawal memory w = book.withdrawalOf(market, ANN);
        assertEq(w.base, 1_000 * LOT, "sum");
        assertEq(w.batchId, 5, "waits for the later batch");
    }
}
