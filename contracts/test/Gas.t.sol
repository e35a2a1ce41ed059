// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import "../src/types/AuctionTypes.sol";
import {Stage} from "./support/Stage.sol";

/// @notice What each kind of transaction costs, whole: run with --isolate, so that every call counts its 21,000,
/// its calldata and its refunds. The figures are committed in contracts/snapshots, and checked.
contract GasTest is Stage {
    address internal constant FIRST = address(0xF1257);
    address internal constant BIDDER = address(0xB1DDE7);
    address internal constant EXACT = address(0xE4AC7);
    uint256 internal constant BID_NATIVE_BUDGET = 85_000;
    uint256 internal constant BID_ERC20_BUDGET = 110_000;
    uint256 internal constant SETTLE_BUDGET = 130_000;
    uint256 internal constant CLAIM_BUDGET = 75_000;

    function test_create() public {
        AuctionParams memory p = defaults();
        vm.prank(seller);
        lots.approve(address(auctions), p.lotTokenId);
        vm.prank(seller);
        auctions.createAuction(p);
        vm.snapshotGasLastCall("SealedAuctions", "create_erc721");
    }

    function test_bid_native() public {
        AuctionId id = open(defaults());
        place(id, FIRST, 20);
        vm.snapshotGasLastCall("SealedAuctions", "bid_native_first_of_auction");
        place(id, BIDDER, 30);
        within("bid_native", BID_NATIVE_BUDGET);
    }

    function test_bid_erc20() public {
        AuctionParams memory p = defaults();
        p.paymentToken = address(token);
        AuctionId id = open(p);
        place(id, FIRST, 20);
        vm.snapshotGasLastCall("SealedAuctions", "bid_erc20_first_of_auction");
        // A rest stays in the wallet, as it would: an emptied slot would flatter the figure.
        token.mint(BIDDER, 1 ether);
        place(id, BIDDER, 30);
        within("bid_erc20", BID_ERC20_BUDGET);
        (BidInput memory input,) = prepare(id, EXACT, 30, 1, 100 gwei);
        token.mint(EXACT, 1 ether);
        vm.prank(EXACT);
        token.approve(address(auctions), 100 gwei);
        vm.prank(EXACT);
        auctions.depositAndBid(input, 100 gwei);
        within("bid_erc20_exact_approval", BID_ERC20_BUDGET);
    }

    function test_bid_from_balance() public {
        AuctionId id = open(defaults());
        place(id, FIRST, 20);
        vm.deal(BIDDER, 1 ether);
        vm.prank(BIDDER);
        auctions.deposit{value: 1 ether}(NATIVE, 1 ether);
        (BidInput memory input,) = prepare(id, BIDDER, 30, 1, 100 gwei);
        vm.prank(BIDDER);
        auctions.placeBid(input);
        within("bid_from_balance", BID_NATIVE_BUDGET);
    }

    function test_replace_and_cancel() public {
        AuctionId id = open(defaults());
        place(id, FIRST, 20);
        Sealed memory old = place(id, BIDDER, 30);
        (BidInput memory input, Sealed memory secret) = prepare(id, BIDDER, 40, 1, 100 gwei);
        vm.prank(BIDDER);
        secret.bid.seq = auctions.replaceBid(old.bid, input, 0);
        vm.snapshotGasLastCall("SealedAuctions", "replace");
        vm.prank(BIDDER);
        auctions.cancelBid(id, secret.bid);
        vm.snapshotGasLastCall("SealedAuctions", "cancel");
    }

    function test_settle_10() public {
        settleWith(10);
    }

    function test_settle_100() public {
        settleWith(100);
    }

    function test_settle_1000() public {
        settleWith(1000);
    }

    function test_claims_erc721() public {
        claims(defaults(), "erc721");
    }

    function test_claims_erc1155() public {
        claims(editionParams(), "erc1155");
    }

    function test_claims_erc20() public {
        claims(fungibleParams(), "erc20");
    }

    function test_reclaim() public {
        AuctionId id = open(defaults());
        close(id);
        auctions.voidAuction(id);
        vm.snapshotGasLastCall("SealedAuctions", "void");
        auctions.reclaimLot(id, seller);
        vm.snapshotGasLastCall("SealedAuctions", "reclaim_erc721");
    }

    /// @dev Custody keeps other lots of the collection, so nothing is emptied and no gas comes back for it. Above the
    /// budget of a claim by what the token itself costs a first-time holder.
    function test_claim_lot_beside_others() public {
        open(defaults());
        AuctionId id = open(defaults());
        Sealed memory winner = place(id, BIDDER, 30);
        settleFor(id, winner, none(), 30);
        finalize(id);
        auctions.claim(id, winner.bid);
        auctions.claimLot(id, BIDDER, 0, BIDDER);
        vm.snapshotGasLastCall("SealedAuctions", "claim_winner_lot_erc721_beside_others");
    }

    function settleWith(uint256 bids) private {
        AuctionId first = open(defaults());
        AuctionParams memory p = defaults();
        p.rule = PricingRule.SECOND_PRICE;
        AuctionId second = open(p);
        fill(first, bids);
        fill(second, bids);
        settleFor(first, place(first, FIRST, 90), none(), 90);
        within(string.concat("settle_first_price_", vm.toString(bids)), SETTLE_BUDGET);
        vm.warp(block.timestamp - 1);
        Sealed memory runnerUp = place(second, BIDDER, 80);
        settleFor(second, place(second, FIRST, 90), only(runnerUp), 80);
        within(string.concat("settle_second_price_", vm.toString(bids)), SETTLE_BUDGET);
    }

    /// @dev Bids that lose: one commitment serves all, since nothing here opens it.
    function fill(AuctionId id, uint256 bids) private {
        uint256 rest = auctions.getAuction(id).rule == PricingRule.FIRST_PRICE ? bids - 1 : bids - 2;
        (BidInput memory input,) = prepare(id, BIDDER, 15, 1, 100 gwei);
        for (uint256 i; i < rest; ++i) {
            address bidder = address(uint160(0x100000 + i));
            vm.deal(bidder, 100 gwei);
            vm.prank(bidder);
            auctions.depositAndBid{value: 100 gwei}(input, 100 gwei);
        }
    }

    function claims(AuctionParams memory p, string memory kind) private {
        AuctionId id = open(p);
        Sealed memory loser = place(id, FIRST, 20);
        Sealed memory winner = place(id, BIDDER, 30);
        settleFor(id, winner, none(), 30);
        finalize(id);
        auctions.claim(id, loser.bid);
        within(string.concat("claim_loser_", kind), CLAIM_BUDGET);
        auctions.claim(id, winner.bid);
        within(string.concat("claim_winner_change_", kind), CLAIM_BUDGET);
        auctions.claimLot(id, BIDDER, 0, BIDDER);
        within(string.concat("claim_winner_lot_", kind), CLAIM_BUDGET);
        auctions.claimProceeds(id);
        within(string.concat("claim_seller_", kind), CLAIM_BUDGET);
    }

    function within(string memory name, uint256 budget) private {
        uint256 used = vm.snapshotGasLastCall("SealedAuctions", name);
        assertTrue(used <= budget, string.concat(name, " costs ", vm.toString(used)));
    }
}
