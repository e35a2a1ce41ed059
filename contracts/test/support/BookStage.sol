// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IEnclaveRegistry} from "../../src/interfaces/IEnclaveRegistry.sol";
import {IHiddenBook} from "../../src/interfaces/IHiddenBook.sol";
import {BookLeaves} from "../../src/libraries/BookLeaves.sol";
import {KeyId} from "../../src/types/AuctionTypes.sol";
import "../../src/types/BookTypes.sol";
import {IDemoToken} from "./Demo.sol";
import {Deployed} from "./Deployed.sol";
import {Points} from "./Points.sol";

/// @notice A market in two ERC-20 tokens, people with margin in it, and an enclave that signs what the test says.
abstract contract BookStage is Deployed {
    uint256 internal constant SECOND_ENCLAVE = uint256(keccak256("second enclave"));
    address internal constant CHALLENGER = address(0xC4A11);
    address internal constant CREATOR = address(0xC4EA7E);
    address internal constant ANN = address(0xA11);
    address internal constant BOB = address(0xB0B);
    uint32 internal constant LENGTH = 60;
    uint32 internal constant SETTLE_BY = 10 minutes;
    uint32 internal constant WINDOW = 5 minutes;
    uint96 internal constant TICK = 1_000;
    uint128 internal constant LOT = 50;

    IHiddenBook internal book;
    IDemoToken internal quote;
    MarketId internal market;

    /// @dev As on chain id 31337: a second.
    uint32 internal constant LEAST_WINDOW = 1;
    uint32 internal constant MAX_FILLS = 1_000;
    uint32 internal constant MAX_AGE = 100;

    function setUp() public virtual override {
        super.setUp();
        registry.register(registration(vm.addr(SECOND_ENCLAVE), SEALING_KEY));
        // A batch's key was admitted before the batch began.
        vm.warp(block.timestamp + 1);
        bytes memory arguments = abi.encode(registry, CHALLENGER, MAX_FILLS, LEAST_WINDOW, LEAST_WINDOW);
        book = IHiddenBook(deployBook(arguments));
        quote = deployToken("Quote", "QUO");
        vm.prank(CREATOR);
        market = book.createMarket(marketParams());
        fund(ANN, 1_000 * LOT, 1_000_000 * uint128(TICK));
        fund(BOB, 1_000 * LOT, 1_000_000 * uint128(TICK));
    }

    function deployBook(bytes memory arguments) internal virtual returns (address) {
        return vm.deployCode("HiddenBook.sol:HiddenBook", arguments);
    }

    /// @dev Named, as a test changes some; the operator is whoever registers keys here.
    function marketParams() internal view returns (MarketParams memory) {
        return MarketParams({
            base: address(token),
            quote: address(quote),
            tickSize: TICK,
            lotSize: LOT,
            batchLength: LENGTH,
            feeBps: 10,
            bandBps: 1_000,
            batchSettleBy: SETTLE_BY,
            challengeWindow: WINDOW,
            operator: address(this),
            minLots: 1,
            maxOrderAge: MAX_AGE
        });
    }

    /// @notice A market of other terms, from now on the one that everything here is about.
    function openMarket(MarketParams memory p) internal {
        vm.prank(CREATOR);
        market = book.createMarket(p);
    }

    /// @notice Admits a key of this operator's, of a number from 1, with both enclaves as its signers.
    function admitKey(uint256 number, uint64 notBefore, uint64 notAfter) internal returns (KeyId admitted) {
        (uint256 x, uint256 y) = vm.publicKeyP256(100 + number);
        for (uint256 i; i < 2; ++i) {
            IEnclaveRegistry.Registration memory r =
                registration(vm.addr(i == 0 ? ENCLAVE_KEY : SECOND_ENCLAVE), abi.encodePacked(bytes1(0x04), x, y));
            (r.notBefore, r.notAfter) = (notBefore, notAfter);
            r.evidence = attest(r, ROOT_KEY);
            admitted = registry.register(r);
        }
    }

    /// @notice An admitted signer more for the key that serves here.
    function admitSigner(uint256 enclave) internal {
        registry.register(registration(vm.addr(enclave), SEALING_KEY));
    }

    /// @notice Gives a trader margin of both tokens, bought with freshly minted ones.
    function fund(address trader, uint128 base, uint128 inQuote) internal {
        token.mint(trader, base);
        quote.mint(trader, inQuote);
        vm.startPrank(trader);
        if (base != 0) {
            token.approve(address(book), base);
            book.depositMargin(market, address(token), base);
        }
        if (inQuote != 0) {
            quote.approve(address(book), inQuote);
            book.depositMargin(market, address(quote), inQuote);
        }
        vm.stopPrank();
    }

    function sealedOrder(uint256 salt) internal pure returns (bytes memory blob) {
        blob = new bytes(257);
        blob[0] = bytes1(uint8(salt));
        blob[16] = 0x04;
    }

    /// @notice Places an order and tells its leaf.
    function place(address trader) internal returns (bytes32 leaf, uint64 batchId) {
        uint32 seq;
        bytes memory blob = sealedOrder(uint160(trader));
        KeyId key = book.keyOfBatch(market, book.currentBatch(market));
        vm.prank(trader);
        (batchId, seq) = book.placeOrder(market, key, Points.G_X, Points.G_Y, blob);
        leaf = leafOf(trader, batchId, seq);
    }

    /// @notice The leaf of an order as `place` seals it.
    function leafOf(address trader, uint64 batchId, uint32 seq) internal view returns (bytes32) {
        // In two parts, as the compiler's stack holds no more.
        bytes memory where = abi.encode(BookLeaves.ORDER, block.chainid, address(book), market, batchId, seq);
        KeyId key = book.keyOfBatch(market, batchId);
        bytes32 sealedHash = keccak256(sealedOrder(uint160(trader)));
        return keccak256(bytes.concat(where, abi.encode(trader, key, Points.G_X, Points.G_Y, sealedHash)));
    }

    function cancelAll(address trader) internal {
        vm.prank(trader);
        book.cancelAll(market);
    }

    /// @notice Two fills that trade with each other, in the order that the contract wants.
    function trade(bytes32 buyLeaf, address buyer, bytes32 sellLeaf, address seller_, uint32 lots_)
        internal
        pure
        returns (Fill[] memory fills)
    {
        fills = new Fill[](2);
        Fill memory buy = Fill(buyLeaf, buyer, false, lots_);
        Fill memory sell = Fill(sellLeaf, seller_, true, lots_);
        (fills[0], fills[1]) = buyLeaf < sellLeaf ? (buy, sell) : (sell, buy);
    }

    function settlementOf(uint64 batchId, uint32 price, Fill[] memory fills)
        internal
        view
        returns (BatchSettlement memory)
    {
        Batch memory batch = book.getBatch(market, batchId);
        return BatchSettlement(
            market, batchId, batch.acc, batch.count, book.roundOf(market), price, keccak256(abi.encode(fills)), 0, 0
        );
    }

    function settle(uint64 batchId, uint32 price, Fill[] memory fills)
        internal
        returns (BatchSettlement memory settled)
    {
        settled = settlementOf(batchId, price, fills);
        settleBy(ENCLAVE_KEY, settled, fills);
    }

    function settleBy(uint256 enclave, BatchSettlement memory s, Fill[] memory fills) internal {
        book.settleBatch(s, sign(enclave, book.hashSettlement(s)), fills);
    }

    function strike(BatchSettlement memory s) internal {
        bytes32 digest = book.hashSettlement(s);
        vm.prank(CHALLENGER);
        book.strike(market, s.batchId, digest);
    }

    function statusOf(uint64 batchId) internal view returns (BatchStatus) {
        return book.getBatch(market, batchId).status;
    }

    function requestAll(address trader) internal {
        (uint128 base, uint128 inQuote) = margins(trader);
        vm.prank(trader);
        book.requestWithdrawal(market, base, inQuote);
    }

    function refusedSettlement(BatchSettlement memory s, Fill[] memory fills, bytes memory reason) internal {
        bytes memory signature = sign(ENCLAVE_KEY, book.hashSettlement(s));
        vm.expectRevert(reason);
        book.settleBatch(s, signature, fills);
    }

    function mismatch(string memory field) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IHiddenBook.BatchMismatch.selector, field);
    }

    function endOf(uint64 batchId) internal view returns (uint256) {
        return book.getMarket(market).startsAt + uint256(batchId) * LENGTH;
    }

    function margins(address trader) internal view returns (uint128 base, uint128 inQuote) {
        Margin memory margin = book.marginOf(market, trader);
        return (margin.base, margin.quote);
    }

    function none() internal pure returns (Fill[] memory) {
        return new Fill[](0);
    }

    /// @notice As many fills of as many traders, who have margin on the side that they pay with alone.
    function crowd(uint160 count) internal returns (Fill[] memory fills) {
        fills = new Fill[](count);
        for (uint160 i; i < count; ++i) {
            address trader = address(0x70000 + i);
            bool sell = i % 2 == 1;
            fund(trader, sell ? 10 * LOT : 0, sell ? 0 : 10_000 * uint128(TICK));
            (bytes32 leaf,) = place(trader);
            fills[i] = Fill(leaf, trader, sell, 5);
        }
        sortByLeaf(fills, 0, count);
    }

    /// @dev Halves, sorted and merged: hundreds of fills.
    function sortByLeaf(Fill[] memory fills, uint256 from, uint256 until) internal pure {
        if (until - from < 2) return;
        uint256 middle = (from + until) / 2;
        sortByLeaf(fills, from, middle);
        sortByLeaf(fills, middle, until);
        Fill[] memory merged = new Fill[](until - from);
        (uint256 a, uint256 b) = (from, middle);
        for (uint256 i; i < merged.length; ++i) {
            bool isFirst = b == until || (a < middle && fills[a].leaf < fills[b].leaf);
            merged[i] = isFirst ? fills[a++] : fills[b++];
        }
        for (uint256 i; i < merged.length; ++i) {
            fills[from + i] = merged[i];
        }
    }
}
