// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import "../../src/types/AuctionTypes.sol";
import {IDemoToken} from "../support/Demo.sol";
import {Exits} from "./Exits.sol";

/// @notice Sellers, bidders, an enclave that is sometimes broken, and time: what they do, in any order.
contract Handler is Exits {
    uint256 internal constant MAX_AUCTIONS = 6;

    KeyId[2] internal _keys;

    constructor() {
        setUp();
        _keys = [keyId, registry.register(registration(vm.addr(ENCLAVE_KEY), OTHER_SEALING_KEY))];
        for (uint160 i; i < 4; ++i) _accounts.push(address(0xB1DDE0 + i));
        for (uint160 i; i < 2; ++i) _accounts.push(address(0x5E11E0 + i));
    }

    function create(uint256 seed) external {
        if (_ids.length == MAX_AUCTIONS) return;
        seller = _accounts[4 + seed % 2];
        AuctionParams memory p = (seed >> 8) % 3 == 0 ? editionParams() : defaults();
        if ((seed >> 8) % 3 == 1) {
            // The lot is an amount of the very token that others pay with.
            p.lotKind = LotKind.ERC20;
            p.lotToken = address(token);
            p.lotTokenId = 0;
            p.lotSize = 1000 gwei;
            token.mint(seller, p.lotSize);
        }
        p.rule = (seed >> 16) & 1 == 0 ? PricingRule.FIRST_PRICE : PricingRule.SECOND_PRICE;
        p.paymentToken = (seed >> 17) & 1 == 0 ? NATIVE : address(token);
        p.collateralPolicy = (seed >> 18) & 1 == 0 ? CollateralPolicy.UNIFORM : CollateralPolicy.CHOSEN;
        p.reserve = uint32((seed >> 19) % 3) * 10;
        p.maxBids = uint32((seed >> 21) % 4);
        p.keyId = _keys[(seed >> 23) & 1];
        if (!registry.isKnownKey(p.keyId)) p.keyId = _keys[0];
        _ids.push(open(p));
    }

    function bid(uint256 auction, uint256 actor, uint256 seed) external {
        (AuctionId id, bool any) = _pick(auction, Status.OPEN);
        Auction memory a = auctions.getAuction(id);
        address bidder = _accounts[actor % 4];
        if (!any || block.timestamp >= a.closesAt || (a.maxBids != 0 && a.live >= a.maxBids)) return;
        if (auctions.getBidSlot(id, bidder, 0).leaf != 0) return;
        (BidInput memory input, Sealed memory secret) = _prepare(id, a, bidder, seed);
        uint256 deposit = _deposit(a.paymentToken, bidder, input.collateral, seed);
        vm.prank(bidder);
        secret.bid.seq = auctions.depositAndBid{value: a.paymentToken == NATIVE ? deposit : 0}(input, deposit);
        _record(id, secret);
    }

    function replace(uint256 auction, uint256 which, uint256 seed) external {
        (AuctionId id, Bid memory old, bool any) = _pickLive(auction, which);
        Auction memory a = auctions.getAuction(id);
        if (!any || a.status != Status.OPEN || block.timestamp >= a.closesAt) return;
        (BidInput memory input, Sealed memory secret) = _prepare(id, a, old.bidder, seed);
        uint256 more = input.collateral > old.collateral ? input.collateral - old.collateral : 0;
        uint256 deposit = _deposit(a.paymentToken, old.bidder, more, seed);
        vm.prank(old.bidder);
        secret.bid.seq = auctions.replaceBid{value: a.paymentToken == NATIVE ? deposit : 0}(old, input, deposit);
        _leaves[id].push(cancelLeaf(id, secret.bid.seq - 1, old.bidder, old.seq));
        _record(id, secret);
    }

    function cancel(uint256 auction, uint256 which) external {
        (AuctionId id, Bid memory old, bool any) = _pickLive(auction, which);
        Auction memory a = auctions.getAuction(id);
        if (!any || a.status != Status.OPEN || block.timestamp >= a.closesAt) return;
        vm.prank(old.bidder);
        auctions.cancelBid(id, old);
        _leaves[id].push(cancelLeaf(id, a.count, old.bidder, old.seq));
    }

    function deposit(uint256 actor, bool native, uint64 amount) external {
        address account = _accounts[actor % 4];
        if (amount == 0) return;
        fund(native ? NATIVE : address(token), account, amount);
        vm.prank(account);
        auctions.deposit{value: native ? amount : 0}(native ? NATIVE : address(token), amount);
    }

    function withdraw(uint256 actor, bool native, uint256 amount) external {
        address account = _accounts[actor % _accounts.length];
        address paymentToken = native ? NATIVE : address(token);
        uint256 available = auctions.balanceOf(paymentToken, account);
        if (available == 0) return;
        vm.prank(account);
        auctions.withdraw(paymentToken, bound(amount, 1, available), account);
    }

    /// @dev Coin forced in, and tokens sent without a call.
    function donate(bool native, uint64 amount) external {
        donated[native ? NATIVE : address(token)] += amount;
        if (native) vm.deal(address(auctions), address(auctions).balance + amount);
        else IDemoToken(token).mint(address(auctions), amount);
    }

    function warp(uint256 time) external {
        vm.warp(block.timestamp + bound(time, 1, 40 minutes));
    }

    function revoke(uint256 seed) external {
        if (seed % 8 == 0 && registry.isKnownKey(_keys[1])) {
            registry.revoke(_keys[1], revocation(_keys[1], ENCLAVE_KEY));
        }
    }

    function settle(uint256 auction, uint256 seed) external {
        (AuctionId id, bool any) = _pick(auction, Status.OPEN);
        if (!any) return;
        uint256 closesAt = auctions.getAuction(id).closesAt;
        if (seed & 0x100 != 0 && block.timestamp < closesAt) vm.warp(closesAt);
        _settle(id, seed);
    }

    function void(uint256 auction) external {
        (AuctionId id, bool any) = _pick(auction, Status.OPEN);
        if (any) _void(id);
    }

    function exit(uint256 auction, uint256 step, uint256 which) external {
        (AuctionId id, bool any) = _pick(auction, which & 0x100 == 0 ? Status.SETTLED : Status.VOIDED);
        if (!any) return;
        uint256 end = auctions.getAuction(id).challengeUntil;
        if (which & 0x200 != 0 && block.timestamp < end) vm.warp(end);
        _exit(id, step, which);
    }

    /// @dev Prices around reserve and collateral, now and then a quantity that a one-lot auction does not take.
    function _prepare(AuctionId id, Auction memory a, address bidder, uint256 seed)
        private
        returns (BidInput memory input, Sealed memory secret)
    {
        uint128 collateral = a.collateral;
        if (a.collateralPolicy == CollateralPolicy.CHOSEN) collateral += uint128((seed >> 16) % 100 gwei);
        return prepare(id, bidder, uint32(seed % 130), (seed >> 8) % 8 == 0 ? 2 : 1, collateral);
    }

    /// @dev A random part of what is needed comes from the balance, if that has it.
    function _deposit(address paymentToken, address bidder, uint256 needed, uint256 seed)
        private
        returns (uint256 amount)
    {
        uint256 available = auctions.balanceOf(paymentToken, bidder);
        amount = needed + (seed >> 64) % 5;
        if ((seed >> 72) & 1 == 1) amount = needed > available ? needed - available : 0;
        fund(paymentToken, bidder, amount);
    }

    function _record(AuctionId id, Sealed memory secret) private {
        _bids[id].push(secret);
        _leaves[id].push(leafOf(id, secret.bid));
    }

    function _pick(uint256 auction, Status status) private view returns (AuctionId id, bool any) {
        for (uint256 i; i < _ids.length; ++i) {
            id = _ids[(auction % _ids.length + i) % _ids.length];
            if (auctions.getAuction(id).status == status) return (id, true);
        }
    }

    function _pickLive(uint256 auction, uint256 which) private view returns (AuctionId id, Bid memory found, bool any) {
        (id, any) = _pick(auction, Status.OPEN);
        uint256 length = _bids[id].length;
        for (uint256 i; any && i < length; ++i) {
            found = _bids[id][(which % length + i) % length].bid;
            if (isLive(id, found)) return (id, found, true);
        }
        any = false;
    }
}
