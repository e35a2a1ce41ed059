// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

/// @title A picture for a lot that has none: three overlapping discs on paper, different for every seed.
library DemoPicture {
    using Strings for uint256;

    /// @notice ERC-721/1155 metadata as a data URI: name, description and a generated picture.
    function metadata(string memory name, string memory description, uint256 seed) internal pure returns (string memory) {
        bytes memory json = abi.encodePacked(
            '{"name":"',
            Strings.escapeJSON(name),
            '","description":"',
            Strings.escapeJSON(description),
            '","image":"data:image/svg+xml;base64,',
            Base64.encode(svg(seed)),
            '"}'
        );
        return string.concat("data:application/json;base64,", Base64.encode(json));
    }

    /// @notice A 400 by 400 SVG whose colours and places follow from `seed`.
    function svg(uint256 seed) internal pure returns (bytes memory) {
        uint256 h = uint256(keccak256(abi.encode(seed)));
        bytes memory discs;
        for (uint256 i; i < 3; ++i) {
            uint256 bits = h >> (i * 64);
            discs = abi.encodePacked(
                discs,
                '<circle cx="',
                (90 + (bits & 0xff) * 220 / 255).toString(),
                '" cy="',
                (90 + ((bits >> 8) & 0xff) * 220 / 255).toString(),
                '" r="',
                (50 + ((bits >> 16) & 0xff) * 80 / 255).toString(),
                '" fill="hsl(',
                (((bits >> 24) & 0xffff) % 360).toString(),
                ' 38% 46%)" fill-opacity="0.72"/>'
            );
        }
        return abi.encodePacked(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400"><rect width="400" height="400" fill="hsl(',
            (h % 360).toString(),
            ' 30% 88%)"/>',
            discs,
            "</svg>"
        );
    }
}
