// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import {DemoPicture} from "./DemoPicture.sol";
import {LocalChain} from "./LocalChain.sol";

/// @title Editions (several copies of one piece) for the local chain. Anyone may mint them.
contract DemoEditions is LocalChain, ERC1155 {
    uint256 public nextId = 1;

    mapping(uint256 id => string) private _titles;

    constructor() ERC1155("") {}

    function mint(address to, uint256 copies, string calldata title) external returns (uint256 id) {
        id = nextId++;
        _titles[id] = title;
        _mint(to, id, copies, "");
    }

    function uri(uint256 id) public view override returns (string memory) {
        return DemoPicture.metadata(_titles[id], "An edition of several copies.", uint256(keccak256(abi.encode("edition", id))));
    }
}
