// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ISealedAuctions} from "../../src/interfaces/ISealedAuctions.sol";
import "../../src/types/AuctionTypes.sol";
import {Assertions} from "../support/Assertions.sol";

/// @notice The deployed contract itself against tests/vectors/opening.json: auction id, paramsHash, EIP-712 digest.
contract DeployedVectorsTest is Assertions {
    address internal constant FIRST_ACCOUNT = 0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266;

    string internal json;
    ISealedAuctions internal auctions;

    function setUp() public {
        json = vm.readFile("../tests/vectors/opening.json");
        bytes memory code =
            bytes.concat(vm.getCode("SealedAuctions.sol:SealedAuctions"), abi.encode(address(0x4E9), 1, 1));
        address deployed;
        // The vectors' address is that of the first contract of anvil's first account.
        vm.prank(FIRST_ACCOUNT);
        assembly ("memory-safe") {
            deployed := create(0, add(code, 32), mload(code))
        }
        assertEq(deployed, vm.parseJsonAddress(json, ".contract"), "address");
        auctions = ISealedAuctions(deployed);
    }

    function test_auction_id() public view {
        address seller = vm.parseJsonAddress(json, ".auction.seller");
        AuctionId id = auctions.auctionIdOf(seller, number(".auction.sellerNonce"));
        assertEq(AuctionId.unwrap(id), word(".auction.id"), "id");
    }

    function test_params_hash() public view {
        AuctionParams memory p;
        p.rule = PricingRule(number(".auction.params.rule"));
        p.lotKind = LotKind(number(".auction.params.lotKind"));
        p.lotToken = vm.parseJsonAddress(json, ".auction.params.lotToken");
        p.lotTokenId = number(".auction.params.lotTokenId");
        p.lotSize = number(".auction.params.lotSize");
        p.supply = uint32(number(".auction.params.supply"));
        p.paymentToken = vm.parseJsonAddress(json, ".auction.params.paymentToken");
        p.tickSize = uint96(number(".auction.params.tickSize"));
        p.reserve = uint32(number(".auction.params.reserve"));
        p.sealedReserve = word(".auction.params.sealedReserve");
        p.collateralPolicy = CollateralPolicy(number(".auction.params.collateralPolicy"));
        p.collateral = uint128(number(".auction.params.collateral"));
        p.maxBids = uint32(number(".auction.params.maxBids"));
        p.bidsPerAddress = uint16(number(".auction.params.bidsPerAddress"));
        p.allowListRoot = word(".auction.params.allowListRoot");
        p.keyId = KeyId.wrap(word(".auction.params.keyId"));
        p.closesAt = uint64(number(".auction.params.closesAt"));
        p.settleBy = uint64(number(".auction.params.settleBy"));
        p.challengeWindow = uint32(number(".auction.params.challengeWindow"));
        p.noSettlement = NoSettlementPolicy(number(".auction.params.noSettlement"));
        p.revealWindow = uint32(number(".auction.params.revealWindow"));
        assertEq(auctions.hashParams(AuctionId.wrap(word(".auction.id")), p), word(".auction.paramsHash"), "paramsHash");
    }

    function test_settlement_digest() public view {
        AuctionSettlement memory s = AuctionSettlement(
            AuctionId.wrap(word(".settlement.id")),
            word(".settlement.paramsHash"),
            word(".settlement.acc"),
            uint32(number(".settlement.count")),
            uint32(number(".settlement.round")),
            uint32(number(".settlement.reserve")),
            vm.parseJsonBool(json, ".settlement.reserveInvalid"),
            uint32(number(".settlement.clearingPrice")),
            uint32(number(".settlement.totalFilled")),
            word(".settlement.winnersHash"),
            word(".settlement.proofHash")
        );
        assertEq(auctions.hashSettlement(s), word(".settlement.digest"), "digest");
    }

    function number(string memory key) private view returns (uint256) {
        return vm.parseJsonUint(json, key);
    }

    function word(string memory key) private view returns (bytes32) {
        return vm.parseJsonBytes32(json, key);
    }
}
