// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {IERC1155Receiver} from "@openzeppelin/contracts/token/ERC1155/IERC1155Receiver.sol";
import {ISealedAuctions} from "../src/interfaces/ISealedAuctions.sol";
import "../src/types/AuctionTypes.sol";
import {Stage} from "./support/Stage.sol";

/// @notice Creating auctions, and what the contract is as a whole.
contract SealedAuctionsTest is Stage {
    uint256 internal constant EIP_170_LIMIT = 24_576;

    function test_id_is_known_before_the_auction_and_moved_by_nobody() public {
        AuctionId first = auctions.auctionIdOf(seller, 0);
        AuctionId second = auctions.auctionIdOf(seller, 1);
        bytes32 expected = keccak256(abi.encode(block.chainid, address(auctions), seller, 0));
        assertEq(AuctionId.unwrap(first), expected, "formula");
        seller = address(0x0AE5);
        open(defaults());
        seller = address(0x5E11E4);
        assertEq(AuctionId.unwrap(open(defaults())), AuctionId.unwrap(first), "first");
        assertEq(AuctionId.unwrap(open(defaults())), AuctionId.unwrap(second), "second");
        assertEq(auctions.sellerNonce(seller), 2, "nonce");
    }

    function test_creation_stores_and_announces_the_terms() public {
        AuctionParams memory p = defaults();
        AuctionId id = auctions.auctionIdOf(seller, 0);
        bytes32 paramsHash = auctions.hashParams(id, p);
        bytes32 tag = keccak256("subrosa/v1/params");
        assertEq(paramsHash, keccak256(abi.encode(tag, block.chainid, address(auctions), id, p)), "formula");
        vm.startPrank(seller);
        lots.approve(address(auctions), p.lotTokenId);
        vm.expectEmit(true, true, true, true, address(auctions));
        emit ISealedAuctions.AuctionCreated(id, seller, keyId, 0, paramsHash, p);
        auctions.createAuction(p);
        vm.stopPrank();
        Auction memory a = auctions.getAuction(id);
        assertEq(a.paramsHash, paramsHash, "paramsHash");
        assertEq(uint256(a.status), uint256(Status.OPEN), "status");
        assertEq(a.round, 1, "round");
        assertEq(a.acc, bytes32(0), "acc");
        assertEq(a.seller, seller, "seller");
        assertEq(lots.ownerOf(p.lotTokenId), address(auctions), "custody");
    }

    function test_every_parameter_is_in_the_hash() public {
        AuctionId id = auctions.auctionIdOf(seller, 0);
        bytes memory terms = abi.encode(defaults());
        bytes32 hash = auctions.hashParams(id, abi.decode(terms, (AuctionParams)));
        assertEq(terms.length, 21 * 32, "21 parameters");
        for (uint256 field; field < 21; ++field) {
            bytes memory changed = abi.encodePacked(terms);
            changed[field * 32 + 31] = bytes1(uint8(changed[field * 32 + 31]) ^ 1);
            bytes32 other = auctions.hashParams(id, abi.decode(changed, (AuctionParams)));
            assertTrue(other != hash, vm.toString(field));
        }
    }

    function test_each_kind_of_lot_comes_into_custody_whole() public {
        AuctionParams memory p = editionParams();
        open(p);
        assertEq(editions.balanceOf(address(auctions), p.lotTokenId), 5, "editions");
        p = fungibleParams();
        open(p);
        assertEq(holdings(p.lotToken), 1000, "fungible");
    }

    function test_lot_that_is_not_the_sellers_is_refused() public {
        AuctionParams memory p = defaults();
        vm.expectPartialRevert(IERC721Errors.ERC721InsufficientApproval.selector);
        vm.prank(seller);
        auctions.createAuction(p);
        vm.prank(seller);
        lots.approve(address(auctions), p.lotTokenId);
        vm.expectPartialRevert(IERC721Errors.ERC721IncorrectOwner.selector);
        vm.prank(address(0xBAD));
        auctions.createAuction(p);
    }

    function test_lot_in_custody_is_not_sold_again() public {
        AuctionParams memory p = defaults();
        open(p);
        vm.expectPartialRevert(IERC721Errors.ERC721IncorrectOwner.selector);
        vm.prank(seller);
        auctions.createAuction(p);
    }

    function test_it_receives_erc1155_and_says_so() public view {
        IERC165 asked = IERC165(address(auctions));
        assertTrue(asked.supportsInterface(type(IERC1155Receiver).interfaceId), "ERC1155Receiver");
        assertTrue(asked.supportsInterface(type(IERC165).interfaceId), "ERC165");
        assertTrue(!asked.supportsInterface(0xffffffff), "not everything");
    }

    function test_contracts_fit_into_eip_170() public view {
        assertTrue(address(auctions).code.length <= EIP_170_LIMIT, vm.toString(address(auctions).code.length));
        assertTrue(address(registry).code.length <= EIP_170_LIMIT, vm.toString(address(registry).code.length));
        assertTrue(address(verifier).code.length <= EIP_170_LIMIT, "SimulatorVerifier");
        assertTrue(address(token).code.length <= EIP_170_LIMIT, "DemoToken");
        assertTrue(address(lots).code.length <= EIP_170_LIMIT, "DemoLots");
        assertTrue(address(editions).code.length <= EIP_170_LIMIT, "DemoEditions");
    }
}
