// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import "../../src/types/AuctionTypes.sol";
import {ISealedAuctions} from "../../src/interfaces/ISealedAuctions.sol";
import {IDemoToken} from "../support/Demo.sol";
import {Stage} from "../support/Stage.sol";

/// @notice What an onlooker writes down beside the contract: auctions, bids, leaves, and who holds each lot.
abstract contract Ledger is Stage {
    address internal constant FRIEND = address(0xF21E4D);

    AuctionId[] internal _ids;
    address[] internal _accounts;
    mapping(AuctionId => Sealed[]) internal _bids;
    mapping(AuctionId => bytes32[]) internal _leaves;

    /// @notice Who got the lot; zero while it is in custody.
    mapping(AuctionId => address) public lotHolder;

    /// @notice Whether the settlement was made by the rules, and not by a broken enclave.
    mapping(AuctionId => bool) public honest;

    /// @notice What was forced upon the contract, outside all accounting.
    mapping(address token => uint256) public donated;

    function deployed() external view returns (ISealedAuctions, IDemoToken) {
        return (auctions, token);
    }

    function ids() external view returns (AuctionId[] memory) {
        return _ids;
    }

    function bids(AuctionId id) external view returns (Sealed[] memory) {
        return _bids[id];
    }

    function leaves(AuctionId id) external view returns (bytes32[] memory) {
        return _leaves[id];
    }

    /// @notice Whether the contract still keeps this bid's leaf.
    function isLive(AuctionId id, Bid memory bid) public view returns (bool) {
        return auctions.getBidSlot(id, bid.bidder, bid.slot).leaf == leafOf(id, bid);
    }

    /// @notice Every base unit that the contract owes, read from its storage: balances, collateral of live bids less
    /// what the winner pays, the seller's proceeds, fungible lots in custody; and what was forced upon it.
    function owed(address paymentToken) public view returns (uint256 sum) {
        sum = donated[paymentToken];
        for (uint256 i; i < _accounts.length; ++i) sum += auctions.balanceOf(paymentToken, _accounts[i]);
        for (uint256 i; i < _ids.length; ++i) {
            AuctionId id = _ids[i];
            Auction memory a = auctions.getAuction(id);
            if (a.lotToken == paymentToken && lotHolder[id] == address(0)) sum += a.lotSize;
            if (a.paymentToken != paymentToken) continue;
            if (a.status == Status.SETTLED && !a.proceedsClaimed && a.totalFilled != 0) {
                sum += uint256(a.clearingPrice) * a.tickSize * a.totalFilled;
            }
            for (uint256 j; j < _bids[id].length; ++j) {
                Bid memory bid = _bids[id][j].bid;
                if (isLive(id, bid)) sum += bid.collateral - auctions.getBidSlot(id, bid.bidder, 0).payment;
            }
        }
    }

    function holds(address paymentToken) external view returns (uint256) {
        return holdings(paymentToken);
    }

    /// @notice Who has the lot of an auction by the lot's own contract; fungible lots cannot tell.
    function lotOwner(AuctionId id, address guess) external view returns (address) {
        Auction memory a = auctions.getAuction(id);
        if (a.lotKind == LotKind.ERC721) return lots.ownerOf(a.lotTokenId);
        if (a.lotKind == LotKind.ERC1155 && editions.balanceOf(guess, a.lotTokenId) != a.lotSize) return address(0);
        return guess;
    }

    function _eligible(AuctionId id, Auction memory a, Sealed memory s) internal view returns (bool) {
        return isLive(id, s.bid) && s.opening.quantity == 1 && s.opening.price != 0 && s.opening.price >= a.reserve
            && uint256(s.opening.price) * a.tickSize <= s.bid.collateral;
    }

    /// @dev The best eligible bid but for number `but`; the length of the list where there is none.
    function _best(AuctionId id, Auction memory a, uint256 but) internal view returns (uint256 best) {
        Sealed[] storage list = _bids[id];
        best = list.length;
        for (uint256 i; i < list.length; ++i) {
            if (i == but || !_eligible(id, a, list[i])) continue;
            if (best == list.length || list[i].opening.price > list[best].opening.price) best = i;
        }
    }
}
