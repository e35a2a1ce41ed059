// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

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

    function setUp() public virtual override {
        super.setUp();
        registry.register(registration(vm.addr(SECOND_ENCLAVE), SEALING_KEY));
        book = IHiddenBook(vm.deployCode("HiddenBook.sol:HiddenBook", abi.encode(registry, CHALLENGER)));
        quote = deployToken("Quote", "QUO");
        vm.prank(CREATOR);
        market = book.createMarket(marketParams());
        fund(ANN, 1_000 * LOT, 1_000_000 * uint128(TICK));
        fund(BOB, 1_000 * LOT, 1_000_000 * uint128(TICK));
    }

    function marketParams() internal view returns (MarketParams memory) {
        return MarketParams(address(token), address(quote), TICK, LOT, LENGTH, 10, 1_000, SETTLE_BY, WINDOW);
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
        vm.prank(trader);
        (batchId, seq) = book.placeOrder(market, keyId, Points.G_X, Points.G_Y, blob);
        leaf = keccak256(
            abi.encode(
                BookLeaves.ORDER,
                block.chainid,
                address(book),
                market,
                batchId,
                seq,
                trader,
                keyId,
                Points.G_X,
                Points.G_Y,
                keccak256(blob)
            )
        );
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

    function settle(uint64 batchId, uint32 price, Fill[] memory fills) internal {
        settleBy(ENCLAVE_KEY, settlementOf(batchId, price, fills), fills);
    }

    function settleBy(uint256 enclave, BatchSettlement memory s, Fill[] memory fills) internal {
        book.settleBatch(s, sign(enclave, book.hashSettlement(s)), fills);
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
}
