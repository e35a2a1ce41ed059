// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ISealedAuctions} from "../../src/interfaces/ISealedAuctions.sol";
import "../../src/types/AuctionTypes.sol";
import {Stage} from "../support/Stage.sol";

/// @notice Each parameter's rule, and the name that the error gives.
contract AuctionRulesTest is Stage {
    function test_lot_must_be_a_contract() public {
        AuctionParams memory p = defaults();
        p.lotToken = address(0xDEAD);
        refused(p, "lotToken");
    }

    function test_payment_token_must_be_a_contract_or_native() public {
        AuctionParams memory p = defaults();
        p.paymentToken = address(0xDEAD);
        refused(p, "paymentToken");
    }

    function test_lot_size_is_at_least_one() public {
        AuctionParams memory p = editionParams();
        p.lotSize = 0;
        refused(p, "lotSize");
    }

    function test_single_token_has_lot_size_one() public {
        AuctionParams memory p = defaults();
        p.lotSize = 2;
        refused(p, "lotSize");
    }

    function test_fungible_lot_has_no_token_id() public {
        AuctionParams memory p = fungibleParams();
        p.lotTokenId = 1;
        refused(p, "lotTokenId");
    }

    function test_amounts_are_not_of_a_single_token_in_disguise() public {
        AuctionParams memory p = defaults();
        p.lotKind = LotKind.ERC20;
        p.lotTokenId = 0;
        refused(p, "lotKind");
        p = defaults();
        p.lotKind = LotKind.ERC1155;
        refused(p, "lotKind");
    }

    function test_a_single_token_says_that_it_is_one() public {
        AuctionParams memory p = defaults();
        p.lotToken = address(token);
        refused(p, "lotKind");
        p.lotToken = address(editions);
        refused(p, "lotKind");
    }

    function test_tick_is_at_least_one() public {
        AuctionParams memory p = defaults();
        p.tickSize = 0;
        refused(p, "tickSize");
    }

    function test_close_lies_ahead() public {
        AuctionParams memory p = defaults();
        p.closesAt = uint64(block.timestamp);
        refused(p, "closesAt");
        p.closesAt = uint64(block.timestamp + 1);
        open(p);
    }

    function test_close_lies_a_leap_year_ahead_at_most() public {
        AuctionParams memory p = defaults();
        p.closesAt = uint64(block.timestamp + 366 days + 1);
        p.settleBy = p.closesAt + 1;
        refused(p, "closesAt");
        p.closesAt -= 1;
        open(p);
    }

    function test_settling_has_time_after_the_close() public {
        AuctionParams memory p = defaults();
        p.settleBy = p.closesAt;
        refused(p, "settleBy");
        p.settleBy = p.closesAt + 1;
        open(p);
    }

    function test_settling_has_a_leap_year_at_most() public {
        AuctionParams memory p = defaults();
        p.settleBy = p.closesAt + 366 days + 1;
        refused(p, "settleBy");
        p.settleBy -= 1;
        open(p);
    }

    function test_settling_and_challenging_have_the_time_that_the_deployment_asks_for() public {
        auctions = deployAuctions(1 hours, 2 hours);
        assertEq(auctions.MIN_SETTLE_PERIOD(), 1 hours, "least time to settle");
        assertEq(auctions.MIN_CHALLENGE_WINDOW(), 2 hours, "least challenge window");
        AuctionParams memory p = defaults();
        p.challengeWindow = 2 hours;
        p.settleBy = p.closesAt + 1 hours - 1;
        refused(p, "settleBy");
        p.settleBy += 1;
        p.challengeWindow -= 1;
        refused(p, "challengeWindow");
        p.challengeWindow += 1;
        open(p);
    }

    function test_no_deployment_goes_without() public {
        refusedFloors(0, 1);
        refusedFloors(1, 0);
    }

    function test_challenge_window_is_never_nothing() public {
        AuctionParams memory p = defaults();
        p.challengeWindow = 0;
        refused(p, "challengeWindow");
        p.challengeWindow = 1;
        open(p);
    }

    function test_challenge_window_has_thirty_days_at_most() public {
        AuctionParams memory p = defaults();
        p.challengeWindow = 30 days + 1;
        refused(p, "challengeWindow");
        p.challengeWindow = 30 days;
        open(p);
    }

    function test_times_fit_in_what_is_stored() public {
        uint256 end = type(uint32).max;
        vm.warp(end - 1000);
        AuctionParams memory p = defaults();
        p.closesAt = uint64(end - 500);
        p.settleBy = uint64(end - 400);
        p.challengeWindow = 401;
        refused(p, "settleBy");
        // One second less passes this rule, and meets the next: the sealing key has ended by then.
        p.challengeWindow = 400;
        refused(p, "keyId");
    }

    function test_uniform_collateral_covers_the_lowest_price() public {
        AuctionParams memory p = defaults();
        p.collateral = 10 gwei - 1;
        refused(p, "collateral");
        p.collateral = 10 gwei;
        open(p);
    }

    function test_uniform_collateral_covers_one_tick_where_there_is_no_reserve() public {
        AuctionParams memory p = defaults();
        p.reserve = 0;
        p.collateral = 1 gwei - 1;
        refused(p, "collateral");
        p.collateral = 1 gwei;
        open(p);
    }

    /// @dev Or empty bids would use up `maxBids`, and keep everybody else out for gas alone.
    function test_chosen_collateral_begins_at_the_lowest_price() public {
        AuctionParams memory p = defaults();
        p.collateralPolicy = CollateralPolicy.CHOSEN;
        p.collateral = 10 gwei - 1;
        refused(p, "collateral");
        p.collateral = 10 gwei;
        open(p);
        p = defaults();
        p.collateralPolicy = CollateralPolicy.CHOSEN;
        (p.reserve, p.collateral) = (0, 1 gwei - 1);
        refused(p, "collateral");
        p.collateral = 1 gwei;
        open(p);
    }

    function test_sealing_key_is_known() public {
        AuctionParams memory p = defaults();
        p.keyId = KeyId.wrap(keccak256("another key"));
        refused(p, "keyId");
    }

    function test_sealing_key_outlives_the_bidding() public {
        uint256 end = registry.getSealingKey(keyId).notAfter;
        vm.warp(end - 1 hours);
        AuctionParams memory p = defaults();
        p.closesAt = uint64(end + 1);
        refused(p, "keyId");
        p.closesAt = uint64(end);
        open(p);
    }

    function test_sealing_key_is_not_revoked() public {
        AuctionParams memory p = defaults();
        registry.revoke(keyId, revocation(keyId, ENCLAVE_KEY));
        refused(p, "keyId");
    }

    function test_later_formats_are_named() public {
        AuctionParams memory p = defaults();
        p.rule = PricingRule.UNIFORM_PRICE;
        unsupported(p, "rule");
        p.rule = PricingRule.PAY_AS_BID;
        unsupported(p, "rule");
        p.rule = PricingRule.SECOND_PRICE;
        p.supply = 0;
        unsupported(p, "supply");
        p.supply = 2;
        unsupported(p, "supply");
        p.supply = 1;
        p.bidsPerAddress = 0;
        unsupported(p, "bidsPerAddress");
        p.bidsPerAddress = 2;
        unsupported(p, "bidsPerAddress");
        p.bidsPerAddress = 1;
        p.sealedReserve = bytes32(uint256(1));
        unsupported(p, "sealedReserve");
        p.sealedReserve = 0;
        p.allowListRoot = bytes32(uint256(1));
        unsupported(p, "allowListRoot");
        p.allowListRoot = 0;
        p.noSettlement = NoSettlementPolicy.REVEAL;
        unsupported(p, "noSettlement");
        p.noSettlement = NoSettlementPolicy.REFUND;
        p.revealWindow = 1;
        unsupported(p, "revealWindow");
        p.revealWindow = 0;
        open(p);
    }

    function refused(AuctionParams memory p, string memory field) private {
        vm.expectRevert(abi.encodeWithSelector(ISealedAuctions.InvalidParameter.selector, field));
        vm.prank(seller);
        auctions.createAuction(p);
    }

    function refusedFloors(uint256 settlePeriod, uint256 challengeWindow) private {
        bytes memory floors = abi.encode(registry, settlePeriod, challengeWindow);
        bytes memory code = bytes.concat(vm.getCode("SealedAuctions.sol:SealedAuctions"), floors);
        address deployed;
        assembly ("memory-safe") {
            deployed := create(0, add(code, 32), mload(code))
        }
        assertEq(deployed, address(0), "deployed");
    }

    function unsupported(AuctionParams memory p, string memory field) private {
        vm.expectRevert(abi.encodeWithSelector(ISealedAuctions.UnsupportedParameter.selector, field));
        vm.prank(seller);
        auctions.createAuction(p);
    }
}
