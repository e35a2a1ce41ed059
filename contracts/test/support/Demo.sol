// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";

/// @notice src/demo/DemoToken, by its interface: the contracts under test are deployed from their artifacts, so that
/// tests run the very bytecode that is deployed and need not compile it again.
interface IDemoToken is IERC20, IERC20Permit {
    function mint(address to, uint256 amount) external;
    function decimals() external view returns (uint8);
}

/// @notice src/demo/DemoLots.
interface IDemoLots is IERC721 {
    function mint(address to, string calldata title, string calldata description) external returns (uint256 tokenId);
    function tokenURI(uint256 tokenId) external view returns (string memory);
}

/// @notice src/demo/DemoEditions.
interface IDemoEditions is IERC1155 {
    function mint(address to, uint256 copies, string calldata title) external returns (uint256 id);
    function uri(uint256 id) external view returns (string memory);
}

