// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import "../../src/types/BookTypes.sol";
import {IHiddenBook} from "../../src/interfaces/IHiddenBook.sol";
import {IDemoToken} from "../support/Demo.sol";
import {BookStage} from "../support/BookStage.sol";

/// @notice People, an honest-looking enclave that may also overdo it, and a challenger, in any order.
contract BookHandler is BookStage {
    uint256 internal constant PEOPLE = 4;

    struct Placed {
        bytes32 leaf;
        address trader;
        uint64 batchId;
    }

    Placed[] internal placed;
    /// @dev The fills of each settled batch, which anyone can read from its event.
    mapping(uint64 batchId => Fill[]) internal fillsOf;
    /// @dev Everything ever brought in, by token: nothing else may ever be inside.
    mapping(address token_ => uint256) public minted;

    constructor() {
        setUp();
        (minted[address(token)], minted[address(quote)]) = (2_000 * LOT, 2_000_000 * uint256(TICK));
    }

    function deployed() external view returns (IHiddenBook, IDemoToken, IDemoToken, MarketId) {
        return (book, token, quote, market);
    }

    function people(uint256 i) public pure returns (address) {
        return i % PEOPLE == 0 ? ANN : i % PEOPLE == 1 ? BOB : address(uint160(0x9000 + i % PEOPLE));
    }

    function deposit(uint256 who, uint256 amount, bool inQuote) external {
        uint128 value = uint128(1 + amount % 5_000_000);
        fund(people(who), inQuote ? 0 : value, inQuote ? value : 0);
        minted[inQuote ? address(quote) : address(token)] += value;
    }

    function order(uint256 who) external {
        (bytes32 leaf, uint64 batchId) = place(people(who));
        placed.push(Placed(leaf, people(who), batchId));
    }

    function cancel(uint256 which) external {
        if (placed.length == 0) return;
        Placed memory p = placed[which % placed.length];
        if (book.getOrder(market, p.leaf).cancelledIn != 0) return;
        vm.prank(p.trader);
        book.cancelOrder(market, p.leaf);
    }

    /// @dev Two live orders of different people trade, at a price within the band; lots may be more than anyone has.
    function settleNext(uint256 a, uint256 b, uint32 lots_, uint32 price, bool empty) external {
        book.voidLateBatches(market, 100);
        Market memory m = book.getMarket(market);
        if (m.toSettle == 0 || block.timestamp < endOf(m.toSettle)) return;
        (bool found, Fill[] memory fills) = empty ? (false, none()) : pick(m.toSettle, a, b, 1 + lots_ % 900);
        if (!found) fills = none();
        uint32 p = m.hasTraded ? bounded(m, price) : found ? 1 + price % 1_000 : 0;
        if (found && p == 0) p = 1;
        settleBySomeone(m.toSettle, settlementOf(m.toSettle, p, fills), fills);
    }

    function finalize() external {
        book.voidLateBatches(market, 100);
        Market memory m = book.getMarket(market);
        uint64 head = m.head;
        while (head != m.toSettle && book.getBatch(market, head).status == BatchStatus.VOIDED) {
            head = book.getBatch(market, head).next;
        }
        if (head == 0 || head == m.toSettle || block.timestamp < book.getBatch(market, head).challengeUntil) return;
        book.finalizeBatch(market, head, fillsOf[head]);
    }

    function strike(uint256 which) external {
        Market memory m = book.getMarket(market);
        uint64 at = m.head;
        for (uint256 i; i < which % 3 && at != m.toSettle && at != 0; ++i) at = book.getBatch(market, at).next;
        if (at == 0 || at == m.toSettle) return;
        Batch memory batch = book.getBatch(market, at);
        if (batch.status != BatchStatus.OPEN || block.timestamp >= batch.challengeUntil) return;
        vm.prank(CHALLENGER);
        book.strike(market, at);
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

    function execute(uint256 who) external {
        book.voidLateBatches(market, 100);
        Withdrawal memory w = book.withdrawalOf(market, people(who));
        if (w.batchId == 0) return;
        try book.executeWithdrawal(market, people(who)) {} catch {}
    }

    function leave(uint256 who) external {
        vm.prank(people(who));
        try book.exit(market) {} catch {}
    }

    function warp(uint256 seconds_) external {
        vm.warp(block.timestamp + 1 + seconds_ % (3 * LENGTH));
    }

    function warpFar(uint256 seconds_) external {
        vm.warp(block.timestamp + seconds_ % (2 * SETTLE_BY));
    }

    /// @notice Everyone leaves by what is left to him without any enclave, and takes all.
    function everyoneLeaves() external {
        for (uint256 i; i < PEOPLE; ++i) {
            Margin memory margin = book.marginOf(market, people(i));
            Withdrawal memory w = book.withdrawalOf(market, people(i));
            uint128 base = margin.base > w.base ? margin.base - w.base : 0;
            uint128 inQuote = margin.quote > w.quote ? margin.quote - w.quote : 0;
            if ((base == 0 && inQuote == 0) || w.base > margin.base || w.quote > margin.quote) continue;
            vm.prank(people(i));
            book.requestWithdrawal(market, base, inQuote);
        }
        vm.warp(block.timestamp + 10 * uint256(SETTLE_BY) + WINDOW);
        // A batch that fails to apply is struck, and void after one more deadline.
        for (uint256 i; i < 60; ++i) {
            this.finalize();
            vm.warp(block.timestamp + SETTLE_BY + 1);
        }
        book.voidLateBatches(market, 1_000);
        for (uint256 i; i < PEOPLE; ++i) {
            if (book.withdrawalOf(market, people(i)).batchId != 0) book.executeWithdrawal(market, people(i));
            // What a batch brought in meanwhile.
            Margin memory margin = book.marginOf(market, people(i));
            if (margin.base == 0 && margin.quote == 0) continue;
            vm.prank(people(i));
            book.requestWithdrawal(market, margin.base, margin.quote);
        }
        vm.warp(block.timestamp + LENGTH);
        for (uint256 i; i < PEOPLE; ++i) {
            if (book.withdrawalOf(market, people(i)).batchId != 0) book.executeWithdrawal(market, people(i));
            withdrawAll(people(i));
        }
        withdrawAll(CREATOR);
    }

    function withdrawAll(address who) private {
        vm.startPrank(who);
        uint256 base = book.balanceOf(address(token), who);
        uint256 inQuote = book.balanceOf(address(quote), who);
        if (base != 0) book.withdraw(address(token), base, who);
        if (inQuote != 0) book.withdraw(address(quote), inQuote, who);
        vm.stopPrank();
    }

    function pick(uint64 batchId, uint256 a, uint256 b, uint32 lots_) private view returns (bool, Fill[] memory) {
        if (placed.length < 2) return (false, none());
        Placed memory buy = placed[a % placed.length];
        Placed memory sell = placed[b % placed.length];
        bool ok = buy.trader != sell.trader && isLive(buy, batchId) && isLive(sell, batchId);
        return ok ? (true, trade(buy.leaf, buy.trader, sell.leaf, sell.trader, lots_)) : (false, none());
    }

    function isLive(Placed memory p, uint64 batchId) private view returns (bool) {
        uint48 cancelledIn = book.getOrder(market, p.leaf).cancelledIn;
        return p.batchId <= batchId && (cancelledIn == 0 || cancelledIn > batchId);
    }

    function bounded(Market memory m, uint32 price) private pure returns (uint32) {
        uint32 width = m.lastPrice / 10 == 0 ? 1 : m.lastPrice / 10;
        uint32 low = m.lastPrice > width ? m.lastPrice - width : 0;
        return low + price % (m.lastPrice + width - low + 1);
    }

    function settleBySomeone(uint64 batchId, BatchSettlement memory s, Fill[] memory fills) private {
        bytes memory signature = sign(ENCLAVE_KEY, book.hashSettlement(s));
        try book.settleBatch(s, signature, fills) {} catch (bytes memory reason) {
            // Struck there before: the other enclave's turn, and after that nobody's.
            if (bytes4(reason) != IHiddenBook.StruckSigner.selector) revert("settling failed");
            signature = sign(SECOND_ENCLAVE, book.hashSettlement(s));
            try book.settleBatch(s, signature, fills) {} catch (bytes memory again) {
                if (bytes4(again) != IHiddenBook.StruckSigner.selector) revert("settling failed");
                return;
            }
        }
        delete fillsOf[batchId];
        for (uint256 i; i < fills.length; ++i) fillsOf[batchId].push(fills[i]);
    }
}
