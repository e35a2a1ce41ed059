// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IVault} from "../src/interfaces/IVault.sol";
import "../src/types/AuctionTypes.sol";
import {HostileToken} from "./support/hostile/HostileToken.sol";
import {Stage} from "./support/Stage.sol";

/// @notice Deposits and bids with an ERC-2612 permit in place of an approval.
contract VaultPermitTest is Stage {
    uint256 internal constant ALICE_KEY = uint256(keccak256("alice"));
    address internal alice;
    uint256 internal deadline;

    function setUp() public override {
        super.setUp();
        alice = vm.addr(ALICE_KEY);
        deadline = block.timestamp + 1 hours;
        token.mint(alice, 100 gwei);
    }

    function test_permit_stands_in_for_an_approval() public {
        (uint8 v, bytes32 r, bytes32 s) = permit(40);
        vm.prank(alice);
        auctions.depositWithPermit(address(token), 40, deadline, v, r, s);
        assertEq(auctions.balanceOf(address(token), alice), 40, "balance");
        assertEq(token.allowance(alice, address(auctions)), 0, "allowance left");
    }

    function test_permit_submitted_first_by_someone_else_is_no_obstacle() public {
        (uint8 v, bytes32 r, bytes32 s) = permit(40);
        vm.prank(address(0xBAD));
        token.permit(alice, address(auctions), 40, deadline, v, r, s);
        vm.prank(alice);
        auctions.depositWithPermit(address(token), 40, deadline, v, r, s);
        assertEq(auctions.balanceOf(address(token), alice), 40, "balance");
    }

    function test_bad_permit_without_allowance_is_refused() public {
        (uint8 v, bytes32 r, bytes32 s) = permit(40);
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, address(auctions), 0, 41)
        );
        vm.prank(alice);
        auctions.depositWithPermit(address(token), 41, deadline, v, r, s);
    }

    function test_permit_spends_the_callers_tokens_only() public {
        (uint8 v, bytes32 r, bytes32 s) = permit(40);
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, address(auctions), 0, 40)
        );
        vm.prank(address(0xBAD));
        auctions.depositWithPermit(address(token), 40, deadline, v, r, s);
    }

    function test_token_without_permit_falls_back_on_the_allowance() public {
        HostileToken plain = new HostileToken();
        plain.mint(alice, 40);
        vm.startPrank(alice);
        plain.approve(address(auctions), 40);
        auctions.depositWithPermit(address(plain), 40, deadline, 27, "", "");
        vm.stopPrank();
        assertEq(auctions.balanceOf(address(plain), alice), 40, "balance");
    }

    function test_permit_for_nothing_or_for_native_coin_is_refused() public {
        vm.expectRevert(IVault.ZeroAmount.selector);
        auctions.depositWithPermit(address(token), 0, deadline, 27, "", "");
        vm.expectRevert(abi.encodeWithSelector(IVault.NativeValueMismatch.selector, 40, 0));
        auctions.depositWithPermit(NATIVE, 40, deadline, 27, "", "");
    }

    function test_bid_with_a_permit_deposits_and_locks_in_one_transaction() public {
        AuctionParams memory p = defaults();
        p.paymentToken = address(token);
        AuctionId id = open(p);
        (BidInput memory input,) = prepare(id, alice, 20, 1, 100 gwei);
        (uint8 v, bytes32 r, bytes32 s) = permit(100 gwei);
        vm.prank(alice);
        auctions.depositAndBidWithPermit(input, 100 gwei, deadline, v, r, s);
        assertEq(auctions.getAuction(id).live, 1, "live bids");
        assertEq(auctions.balanceOf(address(token), alice), 0, "all of it locked");
        assertEq(token.balanceOf(address(auctions)), 100 gwei, "holdings");
    }

    function permit(uint256 amount) private view returns (uint8 v, bytes32 r, bytes32 s) {
        bytes32 statement = keccak256(
            abi.encode(
                keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"),
                alice,
                address(auctions),
                amount,
                token.nonces(alice),
                deadline
            )
        );
        return vm.sign(ALICE_KEY, keccak256(abi.encodePacked(hex"1901", token.DOMAIN_SEPARATOR(), statement)));
    }
}
