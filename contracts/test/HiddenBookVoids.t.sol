// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IEnclaveRegistry} from "../src/interfaces/IEnclaveRegistry.sol";
import {IHiddenBook} from "../src/interfaces/IHiddenBook.sol";
import {KeyId} from "../src/types/AuctionTypes.sol";
import "../src/types/BookTypes.sol";
import {BookStage} from "./support/BookStage.sol";
import {Points} from "./support/Points.sol";

/// @notice The key of a batch, which follows from the clock, and batches that nobody settles.
contract HiddenBookVoidsTest is BookStage {
    /// @dev Whoever comes first has no say: another operator's key, and a newer one of this operator's, are refused.
    function test_a_batches_key_is_the_operators_last_one_from_before_it() public {
        KeyId newer = admitKey(1, 1_700_000_000, 2_000_000_000);
        KeyId others = keyOfAnother();
        refusedOrder(newer, abi.encodeWithSelector(IHiddenBook.OtherKeyInBatch.selector, keyId));
        refusedOrder(others, abi.encodeWithSelector(IHiddenBook.OtherKeyInBatch.selector, keyId));
        place(ANN);
        assertEq(KeyId.unwrap(book.keyOfBatch(market, 1)), KeyId.unwrap(keyId), "from before");
        assertEq(KeyId.unwrap(book.keyOfBatch(market, 2)), KeyId.unwrap(newer), "the next one");
        vm.warp(endOf(1));
        refusedOrder(keyId, abi.encodeWithSelector(IHiddenBook.OtherKeyInBatch.selector, newer));
        place(ANN);
        assertEq(KeyId.unwrap(book.getBatch(market, 2).keyId), KeyId.unwrap(newer), "stored");
    }

    function test_only_a_signer_of_its_key_settles_a_batch() public {
        (bytes32 leaf,) = place(ANN);
        uint256 newcomer = 0x4E3;
        registry.register(registration(vm.addr(newcomer), OTHER_SEALING_KEY));
        vm.warp(endOf(1));
        bytes memory reason = abi.encodeWithSelector(IHiddenBook.UnknownSigner.selector, vm.addr(newcomer));
        BatchSettlement memory s = settlementOf(1, 0, none());
        refusedBy(newcomer, s, reason);
        settle(1, 0, none());
        // Of cancellations alone too, whatever key the cancelled order was sealed to.
        vm.prank(ANN);
        book.cancelOrder(market, leaf);
        vm.warp(endOf(2));
        s = settlementOf(2, 0, none());
        reason = abi.encodeWithSelector(IHiddenBook.UnknownSigner.selector, vm.addr(ENCLAVE_KEY));
        refusedBy(ENCLAVE_KEY, s, reason);
        settleBy(newcomer, s, none());
    }

    /// @dev An old order's cancellation would bind the batch to an enclave whose time is over, and let it settle.
    function test_an_expired_key_takes_no_orders_and_settles_nothing() public {
        KeyId short = admitKey(1, 1_700_000_000, uint64(endOf(3)));
        vm.warp(endOf(1));
        (bytes32 old,) = place(ANN);
        assertEq(KeyId.unwrap(book.getBatch(market, 2).keyId), KeyId.unwrap(short), "the newer key");
        vm.warp(endOf(2));
        place(BOB);
        assertEq(KeyId.unwrap(book.getBatch(market, 3).keyId), KeyId.unwrap(short), "to its last second");
        // Settled after its end, since its time held the whole batch.
        vm.warp(endOf(3));
        settle(2, 0, none());
        settle(3, 0, none());
        vm.prank(ANN);
        book.cancelOrder(market, old);
        assertEq(KeyId.unwrap(book.getBatch(market, 4).keyId), KeyId.unwrap(keyId), "the older key again");
        refusedOrder(short, abi.encodeWithSelector(IHiddenBook.OtherKeyInBatch.selector, keyId));
    }

    function test_without_a_key_a_batch_takes_no_orders_and_is_void_at_its_end() public {
        (bytes32 leaf,) = place(ANN);
        registry.revoke(keyId, revocation(keyId, ENCLAVE_KEY));
        vm.warp(endOf(1));
        refusedOrder(keyId, abi.encodeWithSelector(IHiddenBook.UnusableKey.selector, KeyId.wrap(0)));
        vm.prank(ANN);
        book.cancelOrder(market, leaf);
        assertEq(KeyId.unwrap(book.getBatch(market, 2).keyId), 0, "none");
        vm.warp(endOf(2) - 1);
        assertEq(book.voidLateBatches(market, 10), 1, "the first: its key was revoked");
        assertEq(book.getMarket(market).toSettle, 2, "the second runs");
        vm.warp(endOf(2));
        assertEq(book.voidLateBatches(market, 10), 1, "the second, at its end");
        assertEq(uint256(statusOf(2)), uint256(BatchStatus.VOIDED), "void");
        assertEq(book.getMarket(market).head, 0, "nothing waits");
    }

    function test_a_batch_whose_key_is_revoked_takes_no_more_orders_and_is_void_at_its_end() public {
        place(ANN);
        admitKey(1, 1_700_000_000, 2_000_000_000);
        registry.revoke(keyId, revocation(keyId, ENCLAVE_KEY));
        refusedOrder(keyId, abi.encodeWithSelector(IHiddenBook.UnusableKey.selector, keyId));
        vm.warp(endOf(1) - 1);
        assertEq(book.voidLateBatches(market, 10), 0, "it runs");
        vm.warp(endOf(1));
        place(BOB);
        // It holds up nothing behind it: the next one's key is another.
        vm.warp(endOf(2));
        settle(2, 0, none());
        assertEq(uint256(statusOf(1)), uint256(BatchStatus.VOIDED), "void");
    }

    function test_a_revoked_key_takes_no_settlement_back() public {
        place(ANN);
        vm.warp(endOf(1));
        BatchSettlement memory s = settle(1, 0, none());
        registry.revoke(keyId, revocation(keyId, ENCLAVE_KEY));
        vm.warp(block.timestamp + WINDOW);
        book.finalizeBatch(s, none());
        assertEq(uint256(statusOf(1)), uint256(BatchStatus.FINAL), "final");
    }

    function test_a_retired_key_ends_with_the_batches_that_it_began() public {
        place(ANN);
        IEnclaveRegistry.Registration memory r = registration(vm.addr(ENCLAVE_KEY), SEALING_KEY);
        registry.report(r, rootSays("late", r, ROOT_KEY));
        vm.warp(endOf(1));
        settle(1, 0, none());
        refusedOrder(keyId, abi.encodeWithSelector(IHiddenBook.UnusableKey.selector, KeyId.wrap(0)));
    }

    /// @dev Enough of them behind a settled one, and no transaction could step over all.
    function test_void_batches_are_stepped_over_in_parts() public {
        openSlowMarket();
        fund(BOB, LOT, 0);
        place(BOB);
        vm.warp(endOf(1));
        BatchSettlement memory s = settle(1, 0, none());
        uint64 last = 31;
        for (uint64 batchId = 2; batchId <= last; ++batchId) {
            vm.warp(endOf(batchId - 1));
            place(BOB);
        }
        requestAll(BOB);
        vm.warp(endOf(last) + SETTLE_BY);
        while (book.voidLateBatches(market, 7) == 7) {}
        assertEq(book.getMarket(market).head, 1, "the settled one waits for its window");
        vm.warp(endOf(1) + 1 hours);
        book.finalizeBatch(s, none());
        vm.expectRevert(abi.encodeWithSelector(IHiddenBook.WithdrawalNotDue.selector, market, BOB, last));
        book.executeWithdrawal(market, BOB);
        uint256 calls;
        while (book.voidLateBatches(market, 5) == 5) ++calls;
        assertTrue(calls > 2, "in parts");
        book.executeWithdrawal(market, BOB);
        assertEq(book.balanceOf(address(token), BOB), LOT, "paid");
    }

    /// @dev Keepers look for a settled batch at the head.
    function test_finalizing_steps_over_the_void_batches_behind() public {
        openSlowMarket();
        place(BOB);
        vm.warp(endOf(1));
        BatchSettlement memory first = settle(1, 0, none());
        place(BOB);
        vm.warp(endOf(2) + SETTLE_BY);
        (, uint64 third) = place(BOB);
        vm.warp(endOf(third));
        settle(third, 0, none());
        vm.warp(endOf(1) + 1 hours);
        book.finalizeBatch(first, none());
        assertEq(uint256(statusOf(2)), uint256(BatchStatus.VOIDED), "void");
        assertEq(book.getMarket(market).head, third, "at the settled one");
    }

    /// @dev Settled, unsettled by a strike, and void: more of them than are stepped over in passing, so that one is the head.
    function test_a_void_batch_is_not_made_final_by_the_settlement_it_had() public {
        openSlowMarket();
        BatchSettlement[] memory all = new BatchSettlement[](21);
        for (uint64 batchId = 1; batchId <= 20; ++batchId) {
            place(BOB);
            vm.warp(endOf(batchId));
            all[batchId] = settle(batchId, 0, none());
        }
        strike(all[2]);
        place(BOB);
        vm.warp(block.timestamp + SETTLE_BY);
        while (book.voidLateBatches(market, 4) == 4) {}
        vm.warp(endOf(1) + 1 hours);
        book.finalizeBatch(all[1], none());
        assertEq(uint256(statusOf(uint64(book.getMarket(market).head))), uint256(BatchStatus.VOIDED), "a void head");
        for (uint64 batchId = 2; batchId <= 20; ++batchId) {
            vm.expectRevert(abi.encodeWithSelector(IHiddenBook.BatchNotFinal.selector, batchId));
            book.finalizeBatch(all[batchId], none());
            vm.expectRevert(abi.encodeWithSelector(IHiddenBook.BatchNotFinal.selector, batchId));
            book.strikeUnfinal(market, batchId);
        }
    }

    /// @dev Its challenges take longer than its settlements may.
    function openSlowMarket() private {
        MarketParams memory p = marketParams();
        p.challengeWindow = 1 hours;
        openMarket(p);
    }

    function keyOfAnother() private returns (KeyId) {
        address other = address(0x09E8A7);
        IEnclaveRegistry.Registration memory r = registration(vm.addr(ENCLAVE_KEY), OTHER_SEALING_KEY);
        (r.operator, r.appId) = (other, bytes20(other));
        r.evidence = attest(r, ROOT_KEY);
        vm.prank(other);
        return registry.register(r);
    }

    function refusedBy(uint256 enclave, BatchSettlement memory s, bytes memory reason) private {
        bytes memory signature = sign(enclave, book.hashSettlement(s));
        vm.expectRevert(reason);
        book.settleBatch(s, signature, none());
    }

    function refusedOrder(KeyId key, bytes memory reason) private {
        bytes memory blob = sealedOrder(1);
        vm.expectRevert(reason);
        book.placeOrder(market, key, Points.G_X, Points.G_Y, blob);
    }
}
