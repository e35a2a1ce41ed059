// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IHiddenBook} from "./interfaces/IHiddenBook.sol";
import {BookLeaves} from "./libraries/BookLeaves.sol";
import {Leaves} from "./libraries/Leaves.sol";
import {Secp256k1} from "./libraries/Secp256k1.sol";
import {KeyId} from "./types/AuctionTypes.sol";
import {Batch, Market, MarketId, OrderSlot} from "./types/BookTypes.sol";
import {BookBase} from "./BookBase.sol";

/// @title Placing and cancelling sealed orders. PROTOCOL.md section 11.
abstract contract BookOrders is BookBase {
    /// @notice salt(16) | enc(65) | pok(64) | ciphertext(96 + 16). PROTOCOL.md section 4.
    uint256 internal constant SEALED_LENGTH = 257;
    uint256 internal constant ENC_OFFSET = 16;

    /// @inheritdoc IHiddenBook
    function placeOrder(MarketId id, KeyId keyId, uint256 x, uint256 y, bytes calldata sealedOrder)
        external
        returns (uint64, uint32)
    {
        if (!Secp256k1.isUsablePoint(x, y)) revert InvalidCommitment(x, y);
        if (sealedOrder.length != SEALED_LENGTH || sealedOrder[ENC_OFFSET] != 0x04) {
            revert InvalidSealedOrder(sealedOrder.length);
        }
        Market storage m = _market(id);
        (uint48 batchId, Batch storage batch) = _use(id, m);
        if (KeyId.unwrap(batch.keyId) != KeyId.unwrap(keyId)) {
            // One key a batch, so that one enclave can settle it; a key that was revoked meanwhile is no one's.
            if (REGISTRY.isKnownKey(batch.keyId)) revert OtherKeyInBatch(batch.keyId);
            if (!REGISTRY.isUsableKey(keyId, _endOf(m, batchId))) revert UnusableKey(keyId);
            batch.keyId = keyId;
        }
        uint32 seq = batch.count;
        bytes32 leaf = BookLeaves.order(id, batchId, seq, msg.sender, keyId, x, y, keccak256(sealedOrder));
        _orders[id][leaf] = OrderSlot(msg.sender, batchId, 0);
        _append(batch, seq, leaf);
        emit OrderPlaced(id, msg.sender, batchId, seq, keyId, x, y, sealedOrder);
        return (batchId, seq);
    }

    /// @inheritdoc IHiddenBook
    function cancelOrder(MarketId id, bytes32 leaf) external {
        Market storage m = _market(id);
        OrderSlot storage order = _orders[id][leaf];
        if (order.trader != msg.sender) revert NotTrader(order.trader);
        if (order.cancelledIn != 0) revert OrderNotLive(leaf);
        (uint48 batchId, Batch storage batch) = _use(id, m);
        order.cancelledIn = batchId;
        // A batch of cancellations alone is settled by the enclave that the cancelled order was sealed to.
        if (KeyId.unwrap(batch.keyId) == 0) batch.keyId = _batches[id][order.placedIn].keyId;
        uint32 seq = batch.count;
        _append(batch, seq, BookLeaves.cancel(id, batchId, seq, msg.sender, leaf));
        emit OrderCancelled(id, msg.sender, batchId, seq, leaf);
    }

    /// @dev The batch of this block, entered behind the last used one where it is new. Behind batch 0, which is none, comes
    /// the first one ever: from there whoever proves storage can tell that no used batch was kept from him.
    function _use(MarketId id, Market storage m) private returns (uint48 batchId, Batch storage batch) {
        batchId = _currentBatch(m);
        batch = _batches[id][batchId];
        uint48 tail = m.tail;
        if (tail == batchId) return (batchId, batch);
        _batches[id][tail].next = batchId;
        if (m.head == 0) m.head = batchId;
        if (m.toSettle == 0) m.toSettle = batchId;
        m.tail = batchId;
    }

    function _append(Batch storage batch, uint32 seq, bytes32 leaf) private {
        batch.acc = Leaves.fold(batch.acc, leaf);
        batch.count = seq + 1;
    }
}
