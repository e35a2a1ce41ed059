// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import "../../src/types/BookTypes.sol";
import {IHiddenBook} from "../../src/interfaces/IHiddenBook.sol";
import {KeyId} from "../../src/types/AuctionTypes.sol";
import {IDemoToken} from "../support/Demo.sol";
import {Points} from "../support/Points.sol";
import {BookSettler} from "./BookSettler.sol";

/// @notice People, who send what is due the second it is, in a market whose operator, signers, challenger and other traders do
/// what they like. What must be refused is tried too.
contract BookHandler is BookSettler {
    /// @dev Everything ever brought in, by token: nothing else may ever be inside.
    mapping(address token_ => uint256) public minted;
    uint256 private strangers;

    constructor() {
        setUp();
        for (uint256 i; i < PEOPLE; ++i) {
            deposit(i, 400_000, i % 2 == 0);
        }
    }

    /// @notice Storage is what the model is, deadline by deadline, and nobody has waited for money longer than the bound.
    function check() external view {
        Market memory m = book.getMarket(market);
        assertEq(m.head, firstWaiting(), "head");
        assertEq(m.toSettle, firstOpen(), "to settle");
        for (uint256 i = used.length; i > 0 && i + 30 > used.length; --i) {
            uint64 batchId = used[i - 1];
            Standing standing = kept[batchId].standing;
            if (standing == Standing.OPEN) assertEq(book.deadlineOf(market, batchId), deadline(batchId), "deadline");
            BatchStatus status = statusOf(batchId);
            assertTrue((status == BatchStatus.FINAL) == (standing == Standing.FINAL), "final");
            if (standing != Standing.VOID) assertTrue(status != BatchStatus.VOIDED, "void");
        }
        for (uint256 i = placed.length; i > 0 && i + 24 > placed.length; --i) {
            Placed memory p = placed[i - 1];
            assertEq(book.getOrder(market, p.leaf).filled, p.filled, "filled");
        }
        for (uint256 i; i < PEOPLE; ++i) {
            uint64 asked = book.withdrawalOf(market, people(i)).batchId;
            if (asked <= neglectedUntil) continue;
            assertTrue(block.timestamp < endAt(asked) + BOUND, "a withdrawal waits longer than the bound");
        }
    }

    function deployed() external view returns (IHiddenBook, IDemoToken, IDemoToken, MarketId) {
        return (book, token, quote, market);
    }

    function deposit(uint256 who, uint256 amount, bool inQuote) public {
        uint128 value = uint128(1 + amount % 5_000_000);
        fund(people(who), inQuote ? 0 : value, inQuote ? value : 0);
        minted[inQuote ? address(quote) : address(token)] += value;
    }

    function order(uint256 who) external {
        KeyId key = book.keyOfBatch(market, book.currentBatch(market));
        if (!registry.isKnownKey(key)) return refusedOrder(key);
        (bytes32 leaf, uint64 batchId) = place(people(who));
        placeOf[leaf] = placed.length;
        placed.push(Placed(leaf, people(who), batchId, 0, 0));
        noteUse(batchId);
    }

    /// @dev Whoever comes first in a batch has no say in who settles it.
    function orderToAnotherKey(bool isOlder) external {
        KeyId other = isOlder ? keyId : KeyId.wrap(keccak256("another operator's"));
        KeyId key = book.keyOfBatch(market, book.currentBatch(market));
        if (KeyId.unwrap(other) != KeyId.unwrap(key)) refusedOrder(other);
    }

    function cancel(uint256 which) external {
        if (placed.length == 0) return;
        Placed storage p = placed[recent(which)];
        if (p.cancelledIn != 0) return;
        vm.prank(p.trader);
        book.cancelOrder(market, p.leaf);
        p.cancelledIn = book.currentBatch(market);
        noteUse(p.cancelledIn);
    }

    function cancelEverything(uint256 who) external {
        uint64[] storage calls = cancelledAllIn[people(who)];
        uint64 batchId = book.currentBatch(market);
        uint64 first = firstWaiting();
        bool mustWait = calls.length > 0 && calls[calls.length - 1] == batchId;
        if (calls.length > 1 && first != 0 && first <= calls[calls.length - 1]) mustWait = true;
        vm.prank(people(who));
        if (mustWait) return refused(abi.encodeCall(book.cancelAll, (market)));
        book.cancelAll(market);
        calls.push(batchId);
        noteUse(batchId);
    }

    /// @dev Many batches in a row, each used by somebody's leaf, of which the enclave hears nothing.
    function flood(uint256 count) external {
        count = 1 + count % 250;
        for (uint256 i; i < count; ++i) {
            uint64 batchId = book.currentBatch(market);
            useByStranger(batchId);
            pass(SHORT);
        }
    }

    function request(uint256 who, uint128 base, uint128 inQuote) external {
        Margin memory margin = book.marginOf(market, people(who));
        Withdrawal memory w = book.withdrawalOf(market, people(who));
        base = margin.base > w.base ? base % (margin.base - w.base + 1) : 0;
        inQuote = margin.quote > w.quote ? inQuote % (margin.quote - w.quote + 1) : 0;
        if ((base == 0 && inQuote == 0) || w.base > margin.base || w.quote > margin.quote) return;
        vm.prank(people(who));
        book.requestWithdrawal(market, base, inQuote);
    }

    function wait(uint256 seconds_) external {
        pass(1 + seconds_ % (3 * SHORT));
    }

    function waitLong(uint256 seconds_) external {
        pass(1 + seconds_ % (2 * LONG));
    }

    /// @dev Batches come and go, and nobody voids or finalizes any: what was asked for meanwhile has no bound. Those that are
    /// late then are settled by nobody, however many they are, and no strike gives them time.
    function neglect(uint256 count, uint256 which, bool isLong) external {
        for (uint256 i; i <= count % 12; ++i) {
            uint64 batchId = book.currentBatch(market);
            useByStranger(batchId);
            vm.warp(block.timestamp + SHORT);
            lapse();
        }
        vm.warp(block.timestamp + (isLong ? LONG + SOON : SOON));
        neglectedUntil = book.currentBatch(market);
        lapse();
        settleLate();
        if (isLong) strikeStale();
        else strikeSettled(which);
        keepUp();
    }

    /// @dev Keys that last and keys that do not, each with signers of its own; one that is retired, one that is revoked.
    function operate(uint256 what, uint256 which) external {
        KeyId key = book.keyOfBatch(market, book.currentBatch(market));
        // The one that was there first serves where no later one does, and has no signers here.
        bool isOurs = enclavesOf[key].length != 0 && registry.isKnownKey(key);
        if (what % 4 < 2) {
            uint64 from = uint64(block.timestamp);
            admit(from, what % 4 == 0 ? from + 20 + uint64(which % 3_000) : 2_000_000_000);
        } else if (what % 4 == 2 && isOurs) {
            if (registry.getSealingKey(key).retiredAt == 0) retire(key);
        } else if (what % 4 == 3 && which % 4 == 0 && isOurs) {
            registry.revoke(key, revocation(key, enclavesOf[key][0]));
            lapse();
        }
        keepUp();
    }

    /// @notice Everyone leaves by what is left to them without any enclave, and takes all.
    function everyoneLeaves() external {
        for (uint256 round; round < 2; ++round) {
            for (uint256 i; i < PEOPLE; ++i) {
                (uint128 base, uint128 inQuote) = margins(people(i));
                Withdrawal memory w = book.withdrawalOf(market, people(i));
                // More than is left was asked for: what is left is paid, and the next round has the rest.
                if (w.base > base || w.quote > inQuote || (w.base == base && w.quote == inQuote)) continue;
                vm.prank(people(i));
                book.requestWithdrawal(market, base - w.base, inQuote - w.quote);
            }
            pass(BOUND + SHORT);
        }
        for (uint256 i; i < PEOPLE; ++i) {
            withdrawAll(people(i));
        }
        withdrawAll(CREATOR);
    }

    /// @dev Nobody who was here before.
    function useByStranger(uint64 batchId) private {
        strangers += 1;
        vm.prank(address(uint160(0xF100D000000 + strangers)));
        book.cancelAll(market);
        noteUse(batchId);
    }

    function refusedOrder(KeyId key) private {
        refused(abi.encodeCall(book.placeOrder, (market, key, Points.G_X, Points.G_Y, sealedOrder(1))));
    }

    function withdrawAll(address who) private {
        vm.startPrank(who);
        uint256 base = book.balanceOf(address(token), who);
        uint256 inQuote = book.balanceOf(address(quote), who);
        if (base != 0) book.withdraw(address(token), base, who);
        if (inQuote != 0) book.withdraw(address(quote), inQuote, who);
        vm.stopPrank();
    }
}
