// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {KeyId} from "../../src/types/AuctionTypes.sol";
import "../../src/types/BookTypes.sol";
import {BookSigners} from "./BookSigners.sol";

/// @notice Settlements of anything, strikes of anything, and people who keep up.
abstract contract BookSettler is BookSigners {
    uint256 internal constant PEOPLE = 4;
    /// @dev Voiding eight late batches, or stepping over as many, and paying. Never more, however many wait.
    uint256 internal constant MOST_GAS = 400_000;

    /// @dev Until this batch nobody kept up.
    uint64 internal neglectedUntil;

    function people(uint256 i) public pure returns (address) {
        return i % PEOPLE == 0 ? ANN : i % PEOPLE == 1 ? BOB : address(uint160(0x9000 + i % PEOPLE));
    }

    /// @dev Two live orders of different people trade, at a price within the band; lots may be more than anyone has, which is
    /// what a lie looks like that the contract finds by itself.
    function settle(uint256 a, uint256 b, uint32 lots_, uint32 price, uint256 by, bool empty) external {
        uint64 batchId = firstOpen();
        if (batchId == 0 || block.timestamp < endAt(batchId)) return;
        (bool found, Fill[] memory fills) =
            empty ? (false, none()) : pick(batchId, a, b, 1 + lots_ % (lots_ % 7 == 0 ? 9_000 : 40));
        if (!found) fills = none();
        BatchSettlement memory s = settlementOf(batchId, priceFor(price, found), fills);
        KeyId key = book.keyOfBatch(market, batchId);
        uint256 enclave = anySigner(key, by);
        bytes memory data = abi.encodeCall(book.settleBatch, (s, sign(enclave, book.hashSettlement(s)), fills));
        bool isSigner = registry.signerIndexOf(key, vm.addr(enclave)) != 0;
        if (barred[vm.addr(enclave)] || !isSigner) return refused(data);
        sent("settling", data);
        noteSettled(s, vm.addr(enclave), fills);
        // Behind it there may be batches that were void before a strike.
        keepUp();
    }

    /// @dev Each is signed by a signer of the batch's key that is not barred, and wrong in one thing.
    function settleWrongly(uint256 what, uint256 a, uint256 b, uint256 which) external {
        uint64 batchId = firstOpen();
        if (batchId == 0 || block.timestamp < endAt(batchId)) return;
        (bool found, uint256 enclave) = honest(batchId);
        if (!found) return;
        Fill[] memory fills = none();
        uint32 price = priceFor(uint32(which), what % 3 != 2);
        if (what % 3 == 0) (found, fills) = pickMany(batchId, a);
        else if (what % 3 == 1) (found, fills) = pickDead(batchId, a, b);
        else (found, price) = (price != 0, 0);
        if (!found) return;
        BatchSettlement memory s = settlementOf(batchId, price, fills);
        refused(abi.encodeCall(book.settleBatch, (s, sign(enclave, book.hashSettlement(s)), fills)));
    }

    /// @dev A settlement that was struck, or is of a void batch, is not made final by anyone.
    function finalizeWrongly(uint256 which) external {
        if (used.length == 0) return;
        Kept storage k = kept[used[used.length - 1 - which % (used.length < 20 ? used.length : 20)]];
        if (k.standing == Standing.SETTLED || k.s.batchId == 0) return;
        refused(abi.encodeCall(book.finalizeBatch, (k.s, fillsOf[k.s.batchId])));
    }

    function strike(uint256 which) external {
        strikeSettled(which);
        keepUp();
    }

    function strikeSettled(uint256 which) internal {
        uint64 batchId = firstWaiting();
        uint256 skip = which % 4;
        for (uint256 i = from; i < used.length; ++i) {
            Kept storage k = kept[used[i]];
            if (used[i] < batchId || k.standing != Standing.SETTLED || block.timestamp >= k.challengeUntil) continue;
            if (skip != 0) {
                --skip;
                continue;
            }
            strike(k.s);
            noteStrike(used[i], true);
            return;
        }
    }

    /// @notice Time passes, and whatever is due is sent the second it is.
    function pass(uint256 seconds_) internal {
        uint256 until = block.timestamp + seconds_;
        while (block.timestamp < until) {
            vm.warp(nextDue(until));
            lapse();
            keepUp();
        }
    }

    /// @notice What anyone can send: voiding, finalizing, paying. Each within gas that knows no number of batches.
    function keepUp() internal {
        stepOn();
        for (uint64 head = firstWaiting(); head != 0; head = firstWaiting()) {
            Kept storage k = kept[head];
            if (k.standing != Standing.SETTLED || block.timestamp < k.challengeUntil) break;
            uint32 round = book.roundOf(market);
            sent("making final", abi.encodeCall(book.finalizeBatch, (k.s, fillsOf[head])));
            if (book.roundOf(market) == round) noteFinal(head);
            else noteStrike(head, true);
            uint64 next = book.getMarket(market).head;
            uint64 waiting = firstWaiting();
            bool isFew = book.getMarket(market).moves == 0 && waiting != 0 && waiting <= head + 8;
            if (isFew) assertTrue(statusOf(next) != BatchStatus.VOIDED, "the head is left on a void batch");
            stepOn();
        }
        for (uint256 i; i < PEOPLE; ++i) {
            payOut(people(i));
        }
    }

    function strikeStale() internal {
        uint64 head = firstWaiting();
        if (head == 0 || kept[head].standing != Standing.SETTLED) return;
        if (block.timestamp < kept[head].challengeUntil + SOON) return;
        stepOn();
        sent("striking what nobody made final", abi.encodeCall(book.strikeUnfinal, (market, head)));
        noteStrike(head, false);
    }

    function payOut(address trader) private {
        uint64 asked = book.withdrawalOf(market, trader).batchId;
        if (asked == 0) return;
        uint64 first = firstWaiting();
        bytes memory data = abi.encodeCall(book.executeWithdrawal, (market, trader));
        if (block.timestamp < endAt(asked) || (first != 0 && first <= asked)) return refused(data);
        sent("paying", data);
    }

    function stepOn() private {
        uint256 steps;
        do {
            uint256 before = gasleft();
            steps = book.voidLateBatches(market, 8);
            assertTrue(before - gasleft() < MOST_GAS, "gas of voiding in parts");
        } while (steps == 8);
    }

    function sent(string memory what, bytes memory data) internal {
        uint256 before = gasleft();
        (bool ok, bytes memory reason) = address(book).call(data);
        uint256 gas_ = before - gasleft();
        if (!ok) revert(string.concat(what, " failed: ", vm.toString(uint32(bytes4(reason)))));
        assertTrue(gas_ < MOST_GAS, string.concat("gas of ", what, ": ", vm.toString(gas_)));
    }

    function refused(bytes memory data) internal {
        (bool ok,) = address(book).call(data);
        assertTrue(!ok, "what must be refused was not");
    }

    function recent(uint256 which) internal view returns (uint256) {
        return placed.length - 1 - which % (placed.length < 24 ? placed.length : 24);
    }

    /// @dev Signed by signers that may, each in turn, of batches whose time is over.
    function settleLate() internal {
        uint256 first = used.length < 12 ? 0 : used.length - 12;
        for (uint256 i = first; i < used.length; ++i) {
            if (kept[used[i]].standing != Standing.VOID) continue;
            (bool found, uint256 enclave) = honest(used[i]);
            if (!found) continue;
            BatchSettlement memory s = settlementOf(used[i], priceFor(0, false), none());
            refused(abi.encodeCall(book.settleBatch, (s, sign(enclave, book.hashSettlement(s)), none())));
        }
    }

    /// @dev The next second, up to `until`, in which something may be due.
    function nextDue(uint256 until) private view returns (uint256 due) {
        due = until;
        uint64 head = firstWaiting();
        if (head != 0 && kept[head].standing == Standing.SETTLED) due = earlier(due, kept[head].challengeUntil);
        uint64 open = firstOpen();
        if (open != 0) due = earlier(due, deadline(open));
        for (uint256 i; i < PEOPLE; ++i) {
            uint64 asked = book.withdrawalOf(market, people(i)).batchId;
            if (asked != 0) due = earlier(due, endAt(asked));
        }
    }

    function earlier(uint256 due, uint256 time) private view returns (uint256) {
        return time > block.timestamp && time < due ? time : due;
    }

    function pick(uint64 batchId, uint256 a, uint256 b, uint32 lots_) private view returns (bool, Fill[] memory) {
        if (placed.length < 2) return (false, none());
        Placed memory buy = placed[recent(a)];
        Placed memory sell = placed[recent(b)];
        bool ok = buy.trader != sell.trader && mayTrade(buy, batchId) && mayTrade(sell, batchId);
        return ok ? (true, trade(buy.leaf, buy.trader, sell.leaf, sell.trader, lots_)) : (false, none());
    }

    /// @dev Two orders of which one must not trade in that batch.
    function pickDead(uint64 batchId, uint256 a, uint256 b) private view returns (bool, Fill[] memory) {
        if (placed.length < 2) return (false, none());
        Placed memory buy = placed[a % placed.length];
        Placed memory sell = placed[recent(b)];
        bool ok = buy.leaf != sell.leaf && !(mayTrade(buy, batchId) && mayTrade(sell, batchId));
        return ok ? (true, trade(buy.leaf, buy.trader, sell.leaf, sell.trader, 1)) : (false, none());
    }

    /// @dev More live orders than a batch may fill, as many bought as sold.
    function pickMany(uint64 batchId, uint256 a) private view returns (bool, Fill[] memory fills) {
        fills = new Fill[](FEW + 2);
        uint256 found;
        for (uint256 i; i < 24 && i < placed.length && found < fills.length; ++i) {
            Placed memory p = placed[recent(a % placed.length + i)];
            if (!mayTrade(p, batchId)) continue;
            fills[found] = Fill(p.leaf, p.trader, found % 2 == 0, 1);
            ++found;
        }
        sortByLeaf(fills, 0, found);
        return (found == fills.length, fills);
    }

    function priceFor(uint32 price, bool trades) private view returns (uint32) {
        uint32 last = book.getMarket(market).lastPrice;
        if (last == 0) return trades ? 1 + price % 1_000 : 0;
        uint32 width = last / 10 == 0 ? 1 : last / 10;
        uint32 low = last > width ? last - width : 1;
        return low + price % (last + width - low + 1);
    }
}
