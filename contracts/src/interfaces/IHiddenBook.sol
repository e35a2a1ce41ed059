// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {KeyId} from "../types/AuctionTypes.sol";
import {
    Batch,
    BatchSettlement,
    CancelledAll,
    Fill,
    Margin,
    Market,
    MarketId,
    MarketParams,
    OrderSlot,
    Withdrawal
} from "../types/BookTypes.sol";
import {IVault} from "./IVault.sol";

/// @title Markets whose orders nobody sees, cleared in batches at one price. PROTOCOL.md section 11.
interface IHiddenBook is IVault {
    error InvalidMarket(string parameter);
    error UnknownMarket(MarketId id);
    error UnknownToken(address token);
    error MarginTooLarge(address token);
    error NothingRequested(MarketId id, address trader);
    error WithdrawalNotDue(MarketId id, address trader, uint64 batchId);
    /// @notice No key serves this batch (zero), or the one that does was revoked: it takes no orders.
    error UnusableKey(KeyId keyId);
    /// @notice Another key seals this batch: the page must read it and seal again.
    error OtherKeyInBatch(KeyId keyId);
    error InvalidCommitment(uint256 x, uint256 y);
    error InvalidSealedOrder(uint256 length);
    error NotTrader(address trader);
    error OrderNotLive(bytes32 leaf);
    /// @notice It was placed more batches before than the market lets orders trade.
    error OrderTooOld(bytes32 leaf);
    /// @notice All was cancelled in this batch already, or twice before, the last time in a batch up to which not every one is
    /// final or void.
    error CancelledAlready(MarketId id, address trader, uint64 batchId);
    error BatchNotNext(uint64 batchId, uint64 next);
    error BatchNotOver(uint64 batchId);
    /// @notice Its deadline is over: it is void.
    error BatchTooLate(uint64 batchId);
    error BatchMismatch(string field);
    error TooManyFills(uint256 fills);
    error UnknownSigner(address signer);
    /// @notice A settlement of this signer was struck in the market.
    error BarredSigner(address signer);
    error PriceOutsideBand(uint32 price, uint32 low, uint32 high);
    /// @notice The batch is not settled, not the first that is not final, or its challenge window is still open (to finalize)
    /// or over (to strike).
    error BatchNotFinal(uint64 batchId);
    /// @notice There is time left to make it final.
    error BatchNotStale(uint64 batchId);
    /// @notice A margin would fall below zero: `finalizeBatch` strikes the batch.
    error NegativeMargin(address trader);
    /// @notice More lots than any order can be for: `finalizeBatch` strikes the batch.
    error Overfilled(bytes32 leaf);
    error OnlySelf();
    error NotChallenger(address sender);

    event MarketCreated(
        MarketId indexed id, address indexed creator, uint256 nonce, MarketParams params, uint64 startsAt
    );
    event MarginDeposited(MarketId indexed id, address indexed trader, uint64 batchId, address token, uint256 amount);
    event WithdrawalRequested(MarketId indexed id, address indexed trader, uint64 batchId, uint128 base, uint128 quote);
    event MarginWithdrawn(MarketId indexed id, address indexed trader, uint128 base, uint128 quote);
    event OrderPlaced(
        MarketId indexed id,
        address indexed trader,
        uint64 indexed batchId,
        uint32 seq,
        KeyId keyId,
        uint256 x,
        uint256 y,
        bytes sealedOrder
    );
    event OrderCancelled(MarketId indexed id, address indexed trader, uint64 indexed batchId, uint32 seq, bytes32 leaf);
    event AllCancelled(MarketId indexed id, address indexed trader, uint64 indexed batchId, uint32 seq);
    event BatchSettled(
        MarketId indexed id,
        uint64 indexed batchId,
        address signer,
        uint64 challengeUntil,
        BatchSettlement settlement,
        Fill[] fills
    );
    event BatchVoided(MarketId indexed id, uint64 indexed batchId);
    event BatchFinalized(MarketId indexed id, uint64 indexed batchId, uint256 fees);
    /// @notice This batch and every later unfinal one are unsettled again, for other signers.
    /// @dev `signer` is barred from the market; zero where nobody is to blame. `strikes` so far, this one included.
    /// `movedUntil`: those of them that have ended, and that no earlier strike gave time, may be settled until then at least;
    /// 0 where no deadline moves.
    event BatchStruck(
        MarketId indexed id, uint64 indexed batchId, address indexed signer, uint32 strikes, uint64 movedUntil
    );

    /// @notice Opens a market; its first batch begins with this block.
    function createMarket(MarketParams calldata params) external returns (MarketId id);

    /// @notice Moves `amount` of the caller's vault balance into the market.
    function fundMargin(MarketId id, address token, uint256 amount) external;

    /// @notice Deposits and funds in one transaction. Native coin: send exactly `amount`.
    function depositMargin(MarketId id, address token, uint256 amount) external payable;

    /// @notice Asks for money back. Orders of this batch and later ones no longer count on it; it is paid by
    /// `executeWithdrawal` once this batch, used or not, is past and every used one up to it is final or void.
    /// @dev A second request adds to the first and waits for its own batch.
    function requestWithdrawal(MarketId id, uint128 base, uint128 quote) external;

    /// @notice Pays what was requested, as far as margin is left, into the trader's vault balance. Anyone may send it.
    function executeWithdrawal(MarketId id, address trader) external;

    /// @notice Places a sealed order into the batch of this block, whose key `keyOfBatch` names.
    function placeOrder(MarketId id, KeyId keyId, uint256 x, uint256 y, bytes calldata sealedOrder)
        external
        returns (uint64 batchId, uint32 seq);

    /// @notice From the batch of this block on, the order does not trade. In earlier ones not settled yet it still does.
    function cancelOrder(MarketId id, bytes32 leaf) external;

    /// @notice From the batch of this block on, none of the caller's orders of earlier batches trades. In earlier ones not
    /// settled yet they still do. Works without a key, and whatever was filled, ended or cancelled before.
    /// @dev Two calls are remembered. A third waits until every batch up to the second's is final or void.
    function cancelAll(MarketId id) external;

    /// @notice Records a batch's outcome, as signed by an enclave of its key, in the order of batches.
    /// @param fills In ascending order of their leaves, at most MAX_FILLS.
    function settleBatch(BatchSettlement calldata settlement, bytes calldata signature, Fill[] calldata fills) external;

    /// @notice Applies a settled batch to its traders' margins once nobody can challenge it any more. If a margin would
    /// fall below zero, the batch is struck instead and nothing is applied.
    /// @param settlement As it was settled, and `fills` too: event BatchSettled.
    function finalizeBatch(BatchSettlement calldata settlement, Fill[] calldata fills) external;

    /// @notice Marks as void the used batches, oldest first, that nobody settled in time, and moves on past void ones; at most
    /// `limit` steps.
    /// @return count Steps taken: where it is `limit`, there may be more.
    function voidLateBatches(MarketId id, uint256 limit) external returns (uint256 count);

    /// @notice Takes back the settlement of a batch and of all after it that are not final, and bars its signer.
    /// @param settlementHash `hashSettlement` of the one that is meant.
    function strike(MarketId id, uint64 batchId, bytes32 settlementHash) external;

    /// @notice Voids a settled batch that nobody made final within `batchSettleBy` after its challenge window, and takes back
    /// the settlements after it. Nobody is to blame, no deadline moves.
    function strikeUnfinal(MarketId id, uint64 batchId) external;

    function getMarket(MarketId id) external view returns (Market memory);
    function getBatch(MarketId id, uint64 batchId) external view returns (Batch memory);
    function getOrder(MarketId id, bytes32 leaf) external view returns (OrderSlot memory);
    function marginOf(MarketId id, address trader) external view returns (Margin memory);
    function withdrawalOf(MarketId id, address trader) external view returns (Withdrawal memory);
    function cancelledAllBy(MarketId id, address trader) external view returns (CancelledAll memory);
    function isBarred(MarketId id, address signer) external view returns (bool);
    /// @notice The key that a batch's orders are sealed to, whose signers settle it, by the clock; zero for none.
    function keyOfBatch(MarketId id, uint64 batchId) external view returns (KeyId);
    /// @notice The first second in which the batch, if it is not settled, is void. Only for used ones.
    function deadlineOf(MarketId id, uint64 batchId) external view returns (uint256);
    /// @notice The batch that an order sent now would be in.
    function currentBatch(MarketId id) external view returns (uint64);
    /// @notice The round that the next settlement must name: 1, and one more for each strike.
    function roundOf(MarketId id) external view returns (uint32);
    function creatorNonce(address creator) external view returns (uint256);
    function hashSettlement(BatchSettlement calldata settlement) external view returns (bytes32);
}
