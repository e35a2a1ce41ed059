// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import "../../src/types/AuctionTypes.sol";
import {Curve} from "./Curve.sol";
import {IDemoEditions, IDemoLots, IDemoToken} from "./Demo.sol";
import {Deployed} from "./Deployed.sol";

/// @notice People who open auctions, bid and settle.
abstract contract Stage is Deployed {
    /// @notice A bid as its bidder knows it.
    struct Sealed {
        Bid bid;
        Opening opening;
    }

    /// @notice One ERC-721 lot, first price, native coin, reserve 10 ticks of 1 gwei, collateral 100 ticks.
    function defaults() internal returns (AuctionParams memory p) {
        p.rule = PricingRule.FIRST_PRICE;
        p.lotKind = LotKind.ERC721;
        p.lotToken = address(lots);
        p.lotTokenId = lots.mint(seller, "A lot", "For a test.");
        p.lotSize = 1;
        p.supply = 1;
        p.paymentToken = NATIVE;
        p.tickSize = 1 gwei;
        p.reserve = 10;
        p.collateralPolicy = CollateralPolicy.UNIFORM;
        p.collateral = 100 gwei;
        p.bidsPerAddress = 1;
        p.keyId = keyId;
        p.closesAt = uint64(block.timestamp + 1 hours);
        p.settleBy = uint64(block.timestamp + 2 hours);
        p.challengeWindow = 10 minutes;
    }

    function editionParams() internal returns (AuctionParams memory p) {
        p = defaults();
        p.lotKind = LotKind.ERC1155;
        p.lotToken = address(editions);
        p.lotTokenId = editions.mint(seller, 5, "An edition");
        p.lotSize = 5;
    }

    function fungibleParams() internal returns (AuctionParams memory p) {
        p = defaults();
        IDemoToken lot = deployToken("Lot", "LOT20");
        lot.mint(seller, 1000);
        p.lotKind = LotKind.ERC20;
        p.lotToken = address(lot);
        p.lotTokenId = 0;
        p.lotSize = 1000;
    }

    function open(AuctionParams memory p) internal returns (AuctionId id) {
        vm.startPrank(seller);
        if (p.lotKind == LotKind.ERC721) IDemoLots(p.lotToken).approve(address(auctions), p.lotTokenId);
        else if (p.lotKind == LotKind.ERC1155) IDemoEditions(p.lotToken).setApprovalForAll(address(auctions), true);
        else IDemoToken(p.lotToken).approve(address(auctions), p.lotSize * p.supply);
        id = auctions.createAuction(p);
        vm.stopPrank();
    }

    /// @notice The blinding factor as PROTOCOL.md section 3 has it, for the deployed contract.
    function blinding(AuctionId id, address bidder, bytes32 rho) internal view returns (uint256) {
        bytes32 tag = keccak256("subrosa/v1/open");
        return uint256(
            keccak256(abi.encode(tag, auctions.CHAIN_ID(), address(auctions), 1, id, bidder, 0, 0, 0, rho))
        ) % 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
    }

    function sealedBlob(bytes32 seed) internal pure returns (bytes memory blob) {
        blob = new bytes(257);
        for (uint256 i; i < 257; ++i) blob[i] = bytes1(uint8(uint256(keccak256(abi.encode(seed, i)))) | 1);
        blob[16] = 0x04;
    }

    /// @notice A bid's input and what the bidder keeps; `seq` is filled in when it is placed.
    function prepare(AuctionId id, address bidder, uint32 price, uint32 quantity, uint128 collateral)
        internal
        returns (BidInput memory input, Sealed memory secret)
    {
        bytes32 rho = keccak256(abi.encode("rho", id, bidder, price, quantity));
        uint64 v = (uint64(price) << 32) | quantity;
        (uint256 x, uint256 y) = Curve.commit(v, blinding(id, bidder, rho));
        input = BidInput(id, auctions.getAuction(id).paramsHash, 0, collateral, x, y, sealedBlob(rho));
        secret.bid = Bid(0, 0, bidder, collateral, 0, 0, x, y, keccak256(input.sealedBid));
        secret.opening = Opening(price, quantity, rho);
    }

    /// @notice `bidder` gets what he needs, and places a bid with a deposit.
    function place(AuctionId id, address bidder, uint32 price) internal returns (Sealed memory secret) {
        Auction memory a = auctions.getAuction(id);
        BidInput memory input;
        (input, secret) = prepare(id, bidder, price, 1, a.collateral);
        fund(a.paymentToken, bidder, a.collateral);
        vm.prank(bidder);
        secret.bid.seq =
            auctions.depositAndBid{value: a.paymentToken == NATIVE ? a.collateral : 0}(input, a.collateral);
    }

    function fund(address paymentToken, address bidder, uint256 amount) internal {
        if (paymentToken == NATIVE) {
            vm.deal(bidder, bidder.balance + amount);
        } else {
            IDemoToken(paymentToken).mint(bidder, amount);
            vm.prank(bidder);
            IDemoToken(paymentToken).approve(address(auctions), type(uint256).max);
        }
    }

    /// @notice What the enclave signs where `winner` wins at `price`, and `runnerUp` (if any) comes second.
    function outcome(AuctionId id, Sealed memory winner, Sealed[] memory runnerUp, uint32 price)
        internal
        view
        returns (AuctionSettlement memory s, SettlementWitness memory w)
    {
        Auction memory a = auctions.getAuction(id);
        w.winners = new Winner[](1);
        w.winners[0] = Winner(winner.bid, 1);
        w.runnersUp = new Bid[](runnerUp.length);
        bool opened = a.rule == PricingRule.FIRST_PRICE || runnerUp.length == 1;
        w.openings = new Opening[](opened ? 1 : 0);
        if (runnerUp.length == 1) w.runnersUp[0] = runnerUp[0].bid;
        if (opened) w.openings[0] = runnerUp.length == 1 ? runnerUp[0].opening : winner.opening;
        s = unsold(id);
        s.clearingPrice = price;
        s.totalFilled = 1;
        s.winnersHash = keccak256(abi.encode(bytes32(0), leafOf(id, winner.bid), uint32(1)));
    }

    /// @notice What the enclave signs where nothing is sold.
    function unsold(AuctionId id) internal view returns (AuctionSettlement memory s) {
        Auction memory a = auctions.getAuction(id);
        s.id = id;
        s.paramsHash = a.paramsHash;
        s.acc = a.acc;
        s.count = a.count;
        s.round = a.round;
        s.reserve = a.reserve;
        s.clearingPrice = type(uint32).max;
        s.proofHash = keccak256("a proof bundle");
    }

    function leafOf(AuctionId id, Bid memory b) internal view returns (bytes32) {
        bytes32 tag = keccak256("subrosa/v1/bid");
        return keccak256(
            abi.encode(
                tag,
                auctions.CHAIN_ID(),
                address(auctions),
                id,
                b.seq,
                b.bidder,
                b.collateral,
                b.points,
                b.creditBps,
                b.x,
                b.y,
                b.sealedHash
            )
        );
    }

    function cancelLeaf(AuctionId id, uint32 seq, address bidder, uint32 cancelledSeq) internal view returns (bytes32) {
        bytes32 tag = keccak256("subrosa/v1/cancel");
        return keccak256(abi.encode(tag, auctions.CHAIN_ID(), address(auctions), id, seq, bidder, cancelledSeq));
    }

    /// @notice What the contract really has of a token.
    function holdings(address paymentToken) internal view returns (uint256) {
        return paymentToken == NATIVE ? address(auctions).balance : IDemoToken(paymentToken).balanceOf(address(auctions));
    }

    function signed(AuctionSettlement memory s, uint256 key) internal view returns (bytes memory) {
        return sign(key, auctions.hashSettlement(s));
    }

    function close(AuctionId id) internal {
        vm.warp(auctions.getAuction(id).closesAt);
    }

    /// @notice Closes the auction and settles it for `winner`.
    function settleFor(AuctionId id, Sealed memory winner, Sealed[] memory runnerUp, uint32 price) internal {
        if (block.timestamp < auctions.getAuction(id).closesAt) close(id);
        (AuctionSettlement memory s, SettlementWitness memory w) = outcome(id, winner, runnerUp, price);
        auctions.settle(s, signed(s, ENCLAVE_KEY), w);
    }

    function finalize(AuctionId id) internal {
        vm.warp(auctions.getAuction(id).challengeUntil);
    }

    function noWitness() internal pure returns (SettlementWitness memory w) {}

    function none() internal pure returns (Sealed[] memory) {
        return new Sealed[](0);
    }

    function only(Sealed memory s) internal pure returns (Sealed[] memory one) {
        one = new Sealed[](1);
        one[0] = s;
    }
}
