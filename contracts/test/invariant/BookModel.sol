// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IHiddenBook} from "../../src/interfaces/IHiddenBook.sol";
import {KeyId} from "../../src/types/AuctionTypes.sol";
import "../../src/types/BookTypes.sol";
import {BookStage} from "../support/BookStage.sol";

/// @notice What PROTOCOL.md section 11 says of batches, in loops and lists, beside the contract that may have neither: until
/// when each may be settled, what it is, and what each of its orders has got.
abstract contract BookModel is BookStage {
    enum Standing {
        UNUSED,
        OPEN,
        SETTLED,
        FINAL,
        VOID
    }

    struct Kept {
        Standing standing;
        bool isStruck;
        uint256 movedUntil;
        uint256 challengeUntil;
        address signer;
        BatchSettlement s;
    }

    struct Placed {
        bytes32 leaf;
        address trader;
        uint64 batchId;
        uint64 cancelledIn;
        uint256 filled;
    }

    /// @dev Batches are short, settled soon and challenged long: hundreds of them in one window.
    uint32 internal constant SHORT = 10;
    uint32 internal constant SOON = 60;
    uint32 internal constant LONG = 2_500;
    uint32 internal constant OLDEST = 40;
    uint32 internal constant FEW = 6;
    uint256 internal constant BOUND = 2 * (uint256(SOON) + LONG);

    uint64[] internal used;
    /// @dev Those before are final or void, for good.
    uint256 internal from;
    mapping(uint64 batchId => Kept) internal kept;
    mapping(uint64 batchId => Fill[]) internal fillsOf;
    Placed[] internal placed;
    mapping(bytes32 leaf => uint256 place) internal placeOf;
    mapping(address trader => uint64[]) internal cancelledAllIn;
    mapping(address signer => bool) internal barred;
    /// @dev The last batch that each strike moved.
    uint64[] internal moveEnds;

    function setUp() public virtual override {
        super.setUp();
        // Fewer fills make a batch as full.
        book = IHiddenBook(deployBook(abi.encode(registry, CHALLENGER, FEW, LEAST_WINDOW, LEAST_WINDOW)));
        MarketParams memory p = marketParams();
        (p.batchLength, p.batchSettleBy, p.challengeWindow, p.maxOrderAge) = (SHORT, SOON, LONG, OLDEST);
        openMarket(p);
    }

    function endAt(uint64 batchId) internal view returns (uint256) {
        return book.getMarket(market).startsAt + uint256(batchId) * SHORT;
    }

    function deadline(uint64 batchId) internal view returns (uint256) {
        KeyId key = registry.keyAt(address(this), endAt(batchId - 1), endAt(batchId));
        uint256 end = endAt(batchId);
        if (!registry.isKnownKey(key)) return end;
        uint256 moved = kept[batchId].movedUntil;
        return moved > end + SOON ? moved : end + SOON;
    }

    /// @notice Void is what nobody settled in time, whether somebody has said so or not.
    function lapse() internal {
        for (uint256 i = from; i < used.length; ++i) {
            Kept storage k = kept[used[i]];
            if (k.standing == Standing.OPEN && block.timestamp >= deadline(used[i])) k.standing = Standing.VOID;
        }
        for (; from < used.length && isDone(used[from]); ++from) {}
    }

    function isDone(uint64 batchId) private view returns (bool) {
        return kept[batchId].standing == Standing.FINAL || kept[batchId].standing == Standing.VOID;
    }

    function noteUse(uint64 batchId) internal {
        if (kept[batchId].standing != Standing.UNUSED) return;
        kept[batchId].standing = Standing.OPEN;
        used.push(batchId);
    }

    /// @notice The first batch that is neither final nor void; 0 for none.
    function firstWaiting() internal view returns (uint64) {
        for (uint256 i = from; i < used.length; ++i) {
            Standing standing = kept[used[i]].standing;
            if (standing == Standing.OPEN || standing == Standing.SETTLED) return used[i];
        }
        return 0;
    }

    /// @notice The first batch that waits to be settled; 0 for none.
    function firstOpen() internal view returns (uint64) {
        for (uint256 i = from; i < used.length; ++i) {
            if (kept[used[i]].standing == Standing.OPEN) return used[i];
        }
        return 0;
    }

    function noteSettled(BatchSettlement memory s, address signer, Fill[] memory fills) internal {
        Kept storage k = kept[s.batchId];
        (k.standing, k.challengeUntil, k.signer, k.s) = (Standing.SETTLED, block.timestamp + LONG, signer, s);
        delete fillsOf[s.batchId];
        for (uint256 i; i < fills.length; ++i) {
            fillsOf[s.batchId].push(fills[i]);
        }
    }

    function noteFinal(uint64 batchId) internal {
        kept[batchId].standing = Standing.FINAL;
        Fill[] storage fills = fillsOf[batchId];
        for (uint256 i; i < fills.length; ++i) {
            placed[placeOf[fills[i].leaf]].filled += fills[i].lots;
        }
    }

    /// @notice "A strike voids that batch and every later unfinal one for re-settlement, and moves their deadlines to its time
    /// plus batchSettleBy, each batch's once; struck twice, or past a moved deadline, a batch is void."
    function noteStrike(uint64 batchId, bool isBlamed) internal {
        Kept storage struck = kept[batchId];
        if (isBlamed) barred[struck.signer] = true;
        bool moves = isBlamed && (moveEnds.length < 8 || moveEnds[moveEnds.length - 8] < firstWaiting());
        uint256 i = used.length;
        for (; i > 0 && used[i - 1] >= batchId; --i) {
            Kept storage k = kept[used[i - 1]];
            bool hasEnded = block.timestamp >= endAt(used[i - 1]);
            bool waits = k.standing == Standing.SETTLED || k.standing == Standing.OPEN;
            if (waits && hasEnded && moves && k.movedUntil == 0) k.movedUntil = block.timestamp + SOON;
            if (k.standing == Standing.SETTLED) k.standing = Standing.OPEN;
        }
        if (moves) moveEnds.push(book.currentBatch(market) - 1);
        if (!isBlamed || struck.isStruck) struck.standing = Standing.VOID;
        struck.isStruck = true;
        lapse();
    }

    /// @notice Whether an order may trade in a batch: placed by then, not older than allowed, and cancelled by no leaf until then.
    function mayTrade(Placed memory p, uint64 batchId) internal view returns (bool) {
        if (p.batchId > batchId || batchId - p.batchId > OLDEST) return false;
        if (p.cancelledIn != 0 && p.cancelledIn <= batchId) return false;
        uint64[] storage calls = cancelledAllIn[p.trader];
        for (uint256 i; i < calls.length; ++i) {
            if (p.batchId < calls[i] && calls[i] <= batchId) return false;
        }
        return true;
    }
}
