// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import "../../src/types/AuctionTypes.sol";
import {Ledger} from "./Ledger.sol";

/// @notice The ways out of an auction: settling, voiding, and claiming in any order.
abstract contract Exits is Ledger {
    /// @notice Finishes every auction from wherever it is, and lets everyone take what is his.
    function finish() external {
        for (uint256 i; i < _ids.length; ++i) {
            AuctionId id = _ids[i];
            uint256 seed = uint256(keccak256(abi.encode(id, block.timestamp)));
            Auction memory a = auctions.getAuction(id);
            if (a.status == Status.OPEN) {
                if (block.timestamp < a.closesAt) vm.warp(a.closesAt);
                _settle(id, seed);
                if (seed & 1 == 1 && block.timestamp < a.settleBy) vm.warp(a.settleBy);
                _void(id);
            }
            a = auctions.getAuction(id);
            if (a.status == Status.OPEN) {
                vm.warp(a.settleBy);
                _void(id);
            }
            if (block.timestamp < a.challengeUntil) vm.warp(a.challengeUntil);
            // Four kinds of step, each tried four times, from a random one on.
            for (uint256 step; step < 16; ++step) _exit(id, seed + step, step / 4);
            for (uint256 j; j < _bids[id].length; ++j) _exit(id, 0, j);
        }
        for (uint256 i; i < _accounts.length; ++i) {
            _empty(NATIVE, _accounts[i]);
            _empty(address(token), _accounts[i]);
        }
    }

    /// @dev By the rules; or, SECOND_PRICE, as a broken enclave could: any live bid wins, at any price that opens.
    function _settle(AuctionId id, uint256 seed) internal {
        Auction memory a = auctions.getAuction(id);
        if (block.timestamp < a.closesAt || block.timestamp >= a.settleBy || !registry.isKnownKey(a.keyId)) return;
        Sealed[] storage list = _bids[id];
        uint256 winner = _best(id, a, list.length);
        honest[id] = true;
        if (seed % 4 == 0 && a.rule == PricingRule.SECOND_PRICE && list.length != 0) {
            uint256 favourite = (seed >> 8) % list.length;
            if (isLive(id, list[favourite].bid)) (winner, honest[id]) = (favourite, false);
        }
        if (winner == list.length) {
            AuctionSettlement memory s = unsold(id);
            auctions.settle(s, signed(s, ENCLAVE_KEY), noWitness());
            return;
        }
        uint256 second = a.rule == PricingRule.SECOND_PRICE ? _best(id, a, winner) : list.length;
        uint32 price = a.rule == PricingRule.FIRST_PRICE ? list[winner].opening.price : a.reserve;
        if (second != list.length) price = list[second].opening.price;
        // A favourite who cannot pay the price cannot win.
        if (uint256(price) * a.tickSize > list[winner].bid.collateral) return;
        settleFor(id, list[winner], second == list.length ? none() : only(list[second]), price);
    }

    function _void(AuctionId id) internal {
        Auction memory a = auctions.getAuction(id);
        bool empty = block.timestamp >= a.closesAt && a.live == 0;
        bool due = empty || block.timestamp >= a.settleBy || !registry.isKnownKey(a.keyId);
        if (a.status == Status.OPEN && due) auctions.voidAuction(id);
    }

    /// @dev One step out, if it is there to take: a bid's money, the lot, the proceeds, or the lot back.
    function _exit(AuctionId id, uint256 step, uint256 which) internal {
        Auction memory a = auctions.getAuction(id);
        bool done = a.status == Status.SETTLED && block.timestamp >= a.challengeUntil;
        if (!done && a.status != Status.VOIDED) return;
        bool sold = a.status == Status.SETTLED && a.totalFilled != 0;
        if (step % 4 == 0 && _bids[id].length != 0) {
            Bid memory bid = _bids[id][which % _bids[id].length].bid;
            if (isLive(id, bid)) auctions.claim(id, bid);
        } else if (step % 4 == 1 && sold && lotHolder[id] == address(0)) {
            address winner = _winnerOf(id);
            address to = which % 2 == 0 ? winner : FRIEND;
            uint256 had = _fungible(a, to);
            vm.prank(winner);
            auctions.claimLot(id, winner, 0, to);
            lotHolder[id] = to;
            assertEq(_fungible(a, to) - had, a.lotKind == LotKind.ERC20 ? a.lotSize : 0, "lot arrived");
        } else if (step % 4 == 2 && sold && !a.proceedsClaimed && a.clearingPrice != 0) {
            auctions.claimProceeds(id);
        } else if (step % 4 == 3 && !sold && lotHolder[id] == address(0)) {
            auctions.reclaimLot(id, a.seller);
            lotHolder[id] = a.seller;
        }
    }

    /// @dev The bidder whose slot carries the mark, whether or not he took his money already.
    function _winnerOf(AuctionId id) private view returns (address) {
        for (uint256 i; i < _bids[id].length; ++i) {
            address bidder = _bids[id][i].bid.bidder;
            if (auctions.getBidSlot(id, bidder, 0).fill == 1) return bidder;
        }
        revert NotTrue("a sold lot without a winner");
    }

    function _fungible(Auction memory a, address account) private view returns (uint256) {
        return a.lotKind == LotKind.ERC20 ? token.balanceOf(account) : 0;
    }

    function _empty(address paymentToken, address account) private {
        uint256 balance = auctions.balanceOf(paymentToken, account);
        if (balance == 0) return;
        vm.prank(account);
        auctions.withdraw(paymentToken, balance, account);
    }
}
