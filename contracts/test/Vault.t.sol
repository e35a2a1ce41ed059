// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IVault} from "../src/interfaces/IVault.sol";
import {Actor} from "./support/hostile/Actor.sol";
import {HostileToken} from "./support/hostile/HostileToken.sol";
import {Stage} from "./support/Stage.sol";

contract VaultTest is Stage {
    address internal constant ALICE = address(0xA11CE);
    address internal constant BOB = address(0xB0B);

    function test_native_deposit_is_credited_and_announced() public {
        vm.deal(ALICE, 5 ether);
        vm.expectEmit(true, true, true, true, address(auctions));
        emit IVault.Deposited(NATIVE, ALICE, 3 ether);
        vm.prank(ALICE);
        auctions.deposit{value: 3 ether}(NATIVE, 3 ether);
        assertEq(auctions.balanceOf(NATIVE, ALICE), 3 ether, "balance");
        assertEq(address(auctions).balance, 3 ether, "holdings");
    }

    function test_erc20_deposit_is_credited_and_announced() public {
        fund(address(token), ALICE, 7);
        vm.expectEmit(true, true, true, true, address(auctions));
        emit IVault.Deposited(address(token), ALICE, 7);
        vm.prank(ALICE);
        auctions.deposit(address(token), 7);
        assertEq(auctions.balanceOf(address(token), ALICE), 7, "balance");
        assertEq(token.balanceOf(address(auctions)), 7, "holdings");
    }

    function test_deposit_of_nothing_is_refused() public {
        vm.expectRevert(IVault.ZeroAmount.selector);
        auctions.deposit(NATIVE, 0);
    }

    function test_native_deposit_must_send_exactly_what_it_names() public {
        vm.deal(ALICE, 5);
        vm.startPrank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(IVault.NativeValueMismatch.selector, 3, 2));
        auctions.deposit{value: 2}(NATIVE, 3);
        vm.expectRevert(abi.encodeWithSelector(IVault.NativeValueMismatch.selector, 3, 4));
        auctions.deposit{value: 4}(NATIVE, 3);
        vm.stopPrank();
    }

    function test_native_coin_with_an_erc20_deposit_is_refused() public {
        fund(address(token), ALICE, 7);
        vm.deal(ALICE, 1);
        vm.expectRevert(abi.encodeWithSelector(IVault.NativeValueMismatch.selector, 0, 1));
        vm.prank(ALICE);
        auctions.deposit{value: 1}(address(token), 7);
    }

    function test_deposit_without_allowance_is_refused() public {
        token.mint(ALICE, 7);
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, address(auctions), 0, 7)
        );
        vm.prank(ALICE);
        auctions.deposit(address(token), 7);
    }

    function test_deposit_of_an_address_without_code_is_refused() public {
        vm.expectRevert();
        auctions.deposit(address(0xDEAD), 1);
    }

    function test_token_that_takes_a_fee_is_refused() public {
        HostileToken bad = hostile(100);
        bad.setFee(1);
        vm.expectRevert(abi.encodeWithSelector(IVault.TokenAmountMismatch.selector, address(bad), 100, 99));
        vm.prank(ALICE);
        auctions.deposit(address(bad), 100);
    }

    function test_token_that_says_yes_and_moves_nothing_is_refused() public {
        HostileToken bad = hostile(100);
        bad.setLies(true);
        vm.expectRevert(abi.encodeWithSelector(IVault.TokenAmountMismatch.selector, address(bad), 100, 0));
        vm.prank(ALICE);
        auctions.deposit(address(bad), 100);
    }

    function test_withdrawal_goes_to_whom_the_owner_names() public {
        depositNative(ALICE, 5 ether);
        vm.expectEmit(true, true, true, true, address(auctions));
        emit IVault.Withdrawn(NATIVE, ALICE, BOB, 2 ether);
        vm.prank(ALICE);
        auctions.withdraw(NATIVE, 2 ether, BOB);
        assertEq(BOB.balance, 2 ether, "received");
        assertEq(auctions.balanceOf(NATIVE, ALICE), 3 ether, "rest");
    }

    function test_erc20_withdrawal_empties_the_balance() public {
        fund(address(token), ALICE, 7);
        vm.startPrank(ALICE);
        auctions.deposit(address(token), 7);
        auctions.withdraw(address(token), 7, BOB);
        vm.stopPrank();
        assertEq(token.balanceOf(BOB), 7, "received");
        assertEq(auctions.balanceOf(address(token), ALICE), 0, "rest");
    }

    function test_withdrawal_above_the_balance_is_refused() public {
        depositNative(ALICE, 5);
        depositNative(BOB, 5);
        vm.expectRevert(abi.encodeWithSelector(IVault.InsufficientBalance.selector, NATIVE, ALICE, 5, 6));
        vm.prank(ALICE);
        auctions.withdraw(NATIVE, 6, ALICE);
    }

    function test_balances_of_one_token_are_not_another_s() public {
        depositNative(ALICE, 5);
        fund(address(token), BOB, 5);
        vm.prank(BOB);
        auctions.deposit(address(token), 5);
        vm.expectRevert(abi.encodeWithSelector(IVault.InsufficientBalance.selector, address(token), ALICE, 0, 5));
        vm.prank(ALICE);
        auctions.withdraw(address(token), 5, ALICE);
    }

    function test_withdrawal_of_nothing_or_to_nobody_is_refused() public {
        depositNative(ALICE, 5);
        vm.startPrank(ALICE);
        vm.expectRevert(IVault.ZeroAmount.selector);
        auctions.withdraw(NATIVE, 0, ALICE);
        vm.expectRevert(IVault.ZeroAddress.selector);
        auctions.withdraw(NATIVE, 5, address(0));
        vm.stopPrank();
    }

    function test_receiver_that_refuses_coin_fails_only_this_withdrawal() public {
        Actor bidder = new Actor();
        vm.deal(address(bidder), 5);
        bidder.act(address(auctions), 5, abi.encodeCall(IVault.deposit, (NATIVE, 5)));
        bidder.refuse(true);
        vm.expectRevert(abi.encodeWithSelector(IVault.NativeTransferFailed.selector, address(bidder), 5));
        bidder.act(address(auctions), 0, abi.encodeCall(IVault.withdraw, (NATIVE, 5, address(bidder))));
        bidder.act(address(auctions), 0, abi.encodeCall(IVault.withdraw, (NATIVE, 5, BOB)));
        assertEq(BOB.balance, 5, "received elsewhere");
    }

    function test_coin_sent_without_a_call_is_refused() public {
        vm.deal(ALICE, 1);
        vm.prank(ALICE);
        (bool ok,) = address(auctions).call{value: 1}("");
        assertTrue(!ok, "plain transfer accepted");
    }

    function testFuzz_deposit_and_withdraw_give_back_every_unit(uint128 amount, uint128 part) public {
        amount = uint128(bound(amount, 1, type(uint128).max));
        part = uint128(bound(part, 1, amount));
        depositNative(ALICE, amount);
        vm.startPrank(ALICE);
        auctions.withdraw(NATIVE, part, BOB);
        if (part < amount) auctions.withdraw(NATIVE, amount - part, BOB);
        vm.stopPrank();
        assertEq(BOB.balance, amount, "received");
        assertEq(address(auctions).balance, 0, "left behind");
    }

    function depositNative(address account, uint256 amount) private {
        fund(NATIVE, account, amount);
        vm.prank(account);
        auctions.deposit{value: amount}(NATIVE, amount);
    }

    function hostile(uint256 amount) private returns (HostileToken bad) {
        bad = new HostileToken();
        bad.mint(ALICE, amount);
        vm.prank(ALICE);
        bad.approve(address(auctions), amount);
    }
}
