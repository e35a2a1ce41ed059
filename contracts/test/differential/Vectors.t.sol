// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import "../../src/types/AuctionTypes.sol";
import {Harnessed} from "../support/Harnessed.sol";

/// @notice The libraries against tests/vectors/opening.json, which lib/protocol writes: both must compute alike.
contract VectorsTest is Harnessed {
    uint256 internal constant ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;

    string internal json;

    function setUp() public override {
        super.setUp();
        json = vm.readFile("../tests/vectors/opening.json");
        assertEq(number(".chainId"), block.chainid, "chain id");
        assertEq(vm.parseJsonAddress(json, ".contract"), AT, "address");
    }

    function test_openings_are_accepted() public view {
        uint256 checked;
        for (uint256 i; has(".openings", i); ++i) {
            string memory path = item(".openings", i);
            (uint256 x, uint256 y) = (number(path, ".x"), number(path, ".y"));
            (uint256 v, uint256 r) = (number(path, ".value"), number(path, ".blinding"));
            bytes32 rho = word(path, ".rho");
            Opening memory opening = Opening(uint32(number(path, ".price")), uint32(number(path, ".quantity")), rho);
            assertEq(harness.value(opening), v, path);
            assertTrue(harness.isUsablePoint(x, y), path);
            assertTrue(harness.opens(x, y, uint64(v), r), path);
            assertEq(uint256(keccak256(abi.encode(keccak256("subrosa/v1/opening"), x, y, v, r))) % ORDER, number(path, ".e"), path);
            // The contract blinds bids of auctions alone; other kinds have fields of their own.
            if (number(path, ".kind") != 1) continue;
            AuctionId id = AuctionId.wrap(word(path, ".id"));
            assertEq(harness.blinding(id, vm.parseJsonAddress(json, string.concat(path, ".trader")), rho), r, path);
            checked += 1;
        }
        assertTrue(checked >= 5, "openings of auctions");
    }

    function test_refusals_are_refused() public view {
        uint256 i;
        for (; has(".refusals", i); ++i) {
            string memory path = item(".refusals", i);
            assertTrue(!vm.parseJsonBool(json, string.concat(path, ".accepted")), path);
            (uint256 x, uint256 y) = (number(path, ".x"), number(path, ".y"));
            (uint256 v, uint256 r) = (number(path, ".value"), number(path, ".blinding"));
            assertTrue(!harness.opens(x, y, uint64(v), r), path);
        }
        assertTrue(i >= 5, "refusals");
    }

    function test_bid_leaves() public view {
        uint256 i;
        for (; has(".bids", i); ++i) {
            string memory path = item(".bids", i);
            Bid memory bid = Bid(
                uint32(number(path, ".seq")),
                0,
                vm.parseJsonAddress(json, string.concat(path, ".bidder")),
                uint128(number(path, ".collateral")),
                int32(vm.parseJsonInt(json, string.concat(path, ".points"))),
                uint16(number(path, ".creditBps")),
                number(path, ".x"),
                number(path, ".y"),
                word(path, ".sealedHash")
            );
            assertEq(harness.bidLeaf(AuctionId.wrap(word(path, ".id")), bid), word(path, ".leaf"), path);
        }
        assertTrue(i >= 3, "bids");
    }

    function test_cancelling_leaves() public view {
        uint256 i;
        for (; has(".cancellations", i); ++i) {
            string memory path = item(".cancellations", i);
            bytes32 leaf = harness.cancelLeaf(
                AuctionId.wrap(word(path, ".id")),
                uint32(number(path, ".seq")),
                vm.parseJsonAddress(json, string.concat(path, ".bidder")),
                uint32(number(path, ".cancelledSeq"))
            );
            assertEq(leaf, word(path, ".leaf"), path);
        }
        assertTrue(i >= 1, "cancellations");
    }

    function test_accumulator() public view {
        bytes32 acc;
        uint256 i;
        for (; has(".accumulator.leaves", i); ++i) {
            acc = harness.fold(acc, word(item(".accumulator.leaves", i), ""));
            assertEq(acc, word(item(".accumulator.accs", i), ""), "acc");
        }
        assertTrue(i >= 4, "leaves");
    }

    function test_winners_hash() public view {
        bytes32 w;
        assertEq(w, word(".winners.none", ""), "no winner");
        uint256 i;
        for (; has(".winners.chain", i); ++i) {
            string memory path = item(".winners.chain", i);
            w = harness.foldWinner(w, word(path, ".leaf"), uint32(number(path, ".fill")));
        }
        assertTrue(i >= 2, "winners");
        assertEq(w, word(".winners.winnersHash", ""), "winnersHash");
    }

    function has(string memory list, uint256 i) private view returns (bool) {
        return vm.keyExistsJson(json, item(list, i));
    }

    function item(string memory list, uint256 i) private pure returns (string memory) {
        return string.concat(list, "[", vm.toString(i), "]");
    }

    function number(string memory key) private view returns (uint256) {
        return vm.parseJsonUint(json, key);
    }

    function number(string memory path, string memory key) private view returns (uint256) {
        return vm.parseJsonUint(json, string.concat(path, key));
    }

    function word(string memory path, string memory key) private view returns (bytes32) {
        return vm.parseJsonBytes32(json, string.concat(path, key));
    }
}
